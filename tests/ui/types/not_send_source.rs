use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = vec![Rc::new(1)];
        sink n = numbers.count();
    };
}
