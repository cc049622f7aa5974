use std::fmt;

use pipeline_runtime::{Flow, pipeline};

#[derive(Debug)]
struct Mine;

impl fmt::Display for Mine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("mine")
    }
}

impl std::error::Error for Mine {}

fn clean() -> Flow<u64, u64, std::io::Error> {
    pipeline! {
        #![error(std::io::Error)]
        source numbers = input;
        sink more = numbers.map(|n| n + 1).output();
    }
}

fn main() {
    let _ = pipeline! {
        #![error(Mine)]
        source numbers = 0..3u64;
        stage lengths = numbers.via(clean());
        sink n = lengths.count();
    };
}
