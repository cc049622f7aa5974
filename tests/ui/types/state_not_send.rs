use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage sums = numbers.scan(Rc::new(0), |sum, n| { *sum = Rc::new(**sum + n); **sum });
        sink n = sums.count();
    };
}
