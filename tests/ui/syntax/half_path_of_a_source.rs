#![deny(warnings)]

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source ticks = std iter::repeat(5u64);
        stage few = ticks.take(3);
        sink total = few.fold(0, |sum, n| sum + n);
    };
}
