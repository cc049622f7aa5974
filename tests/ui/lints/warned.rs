// A warning is the use of something deprecated, so this makes it an error.
#![deny(deprecated)]

use std::convert::Infallible;

use pipeline_runtime::{Flow, Pipeline, pipeline};

pipeline! {
    fn numbers() -> Pipeline<u64> {
        #![warn(unordered_output, missing_drain, large_buffer)]
        source numbers = 0..3;
        #[workers(2), unordered, buffer(100_000)]
        stage doubled = numbers.map(|n| 2 * n);
        sink n = doubled.count();
    }
}

pipeline! {
    fn part() -> Flow<u64, u64, Infallible> {
        #![warn(blocking_in_async)]
        source numbers = input;
        sink slow = numbers.map(|n| { std::thread::sleep(std::time::Duration::from_secs(n)); n }).output();
    }
}

fn main() {
    let _ = (numbers(), part());
    let _ = pipeline! {
        #![warn(skipped_errors)]
        source lines = ["1", "2"];
        #[on_error(skip)]
        stage numbers = lines.map(|line| line.parse::<u64>()?);
        // what is known here is said here
        #[allow(deprecated)]
        #[on_error(skip)]
        stage again = numbers.map(|n| n.to_string().parse::<u64>()?);
        sink n = again.count();
    };
}
