use std::cell::Cell;

use pipeline_runtime::pipeline;

fn main() {
    let sum = Cell::new(0);
    let _ = pipeline! {
        source numbers = 0..3;
        #[workers(2)]
        sink n = numbers.for_each(|n| sum.set(sum.get() + n));
    };
}
