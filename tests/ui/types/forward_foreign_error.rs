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
    let (sender, _receiver) = futures::channel::mpsc::channel::<u64>(1);
    let _ = pipeline! {
        #![error(Mine)]
        source numbers = 0..3u64;
        sink n = numbers.forward(sender);
    };
}
