use std::fmt;

use pipeline_runtime::pipeline;

#[derive(Debug)]
struct Mine;

impl fmt::Display for Mine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("mine")
    }
}

impl std::error::Error for Mine {}

fn main() {
    let _ = pipeline! {
        #![error(Mine)]
        source numbers = ["1", "2"].map(|word| word.parse::<u64>());
        stage more = numbers?.map(|n| n + 1);
        sink n = more.count();
    };
}
