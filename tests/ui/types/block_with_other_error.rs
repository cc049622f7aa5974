use std::fmt;

use pipeline_runtime::{Pipeline, pipeline};

#[derive(Debug)]
struct Mine;

impl fmt::Display for Mine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("mine")
    }
}

impl std::error::Error for Mine {}

fn counted() -> Pipeline<u64, Mine> {
    pipeline! {
        source numbers = 0..3u64;
        sink n = numbers.count();
    }
}

fn main() {}
