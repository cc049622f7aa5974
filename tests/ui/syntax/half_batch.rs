#![deny(warnings)]

use std::time::Duration;

use pipeline_runtime::{BoxError, Failure, pipeline};

async fn run(path: String) -> Result<u64, Failure<BoxError>> {
    let words = pipeline! {
        source lines = path.lines().map(str::to_owned).collect::<Vec<_>>();
        stage batches = lines.batch(, Duration::from_secs(1));
        sink total = batches.fold(0, |sum, lines| sum + lines.len() as u64);
    };
    words.run().await
}

fn main() {
    let _ = run;
}
