use std::cell::Cell;

use pipeline_runtime::pipeline;

fn main() {
    let sum = Cell::new(0);
    let _ = pipeline! {
        source numbers = 0..3;
        #[in_flight(8)]
        sink n = numbers.for_each(async |n| sum.set(sum.get() + n));
    };
}
