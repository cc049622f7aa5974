use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let one = Rc::new(1);
    let _ = pipeline! {
        source numbers = 0..3;
        stage more = numbers.map(async |n| n + *one);
        sink n = more.count();
    };
}
