#![deny(warnings)]

use pipeline_runtime::{BoxError, Failure, pipeline};

async fn run(path: String) -> Result<u64, Failure<BoxError>> {
    let words = pipeline! {
        source lines = path.lines().map(str::to_owned).;
        stage lengths = lines.map(|line| line.len() as u64);
        sink total = lengths.fold(0, |sum, n| sum + n);
    };
    words.run().await
}

fn main() {
    let _ = run;
}
