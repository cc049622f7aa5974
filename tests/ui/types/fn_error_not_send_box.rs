use std::error::Error;

use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    fn sum(words: Vec<String>) -> Pipeline<u64, Box<dyn Error>> {
        source all = words;
        sink sum = all.map(|word| word.parse::<u64>()?).fold(0, |sum, n| sum + n);
    }
}

fn main() {}
