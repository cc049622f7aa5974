use std::fmt;
use std::num::ParseIntError;

use pipeline_runtime::pipeline;

#[derive(Debug)]
struct Mine;

impl fmt::Display for Mine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("mine")
    }
}

impl std::error::Error for Mine {}

fn parse(word: &str) -> Result<u64, ParseIntError> {
    word.parse()
}

fn main() {
    let _ = pipeline! {
        #![error(Mine)]
        source words = ["1", "2"];
        stage numbers = words.map(parse?);
        sink n = numbers.count();
    };
}
