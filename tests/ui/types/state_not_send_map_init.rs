use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        #[workers(2)]
        stage sums = numbers.map_init(|| Rc::new(1), |one, n| n + **one);
        sink n = sums.count();
    };
}
