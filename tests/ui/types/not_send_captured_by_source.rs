use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let end = Rc::new(3);
    let _ = pipeline! {
        source numbers = 0..*end;
        sink n = numbers.count();
    };
}
