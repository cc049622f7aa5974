use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u8;
        sink sum = numbers.fold(Rc::new(0), |sum, n| Rc::new(*sum + n));
    };
}
