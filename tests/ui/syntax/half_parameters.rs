#![deny(warnings)]

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..9u64;
        sink total = numbers.fold(0, |, n| sum + n);
    };
}
