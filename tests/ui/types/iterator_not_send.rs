use std::rc::Rc;

use pipeline_runtime::pipeline;

fn numbers() -> impl Iterator<Item = u8> {
    let one = Rc::new(1);
    (0..3).map(move |n| n + *one)
}

fn main() {
    let _ = pipeline! {
        source numbers = numbers();
        sink n = numbers.count();
    };
}
