#![deny(warnings)]

use pipeline_runtime::{BoxError, Failure, pipeline};

async fn run(path: String) -> Result<u64, Failure<BoxError>> {
    let words = pipeline! {
        source lines = path.lines().map(str::to_owned).collect::<Vec<_>>();
        stage lengths = lines.map(|line| {
            let length = line.len() as u64;
            if length >
            length
        });
        sink total = lengths.fold(0, |sum, n| sum + n);
    };
    words.run().await
}

fn main() {
    let _ = run;
}
