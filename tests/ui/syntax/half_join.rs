#![deny(warnings)]

use pipeline_runtime::{BoxError, Failure, pipeline};

async fn run(path: String, other: String) -> Result<u64, Failure<BoxError>> {
    let words = pipeline! {
        source lines = path.lines().map(str::to_owned).collect::<Vec<_>>();
        source more = other.lines().map(str::to_owned).collect::<Vec<_>>();
        stage all = merge(lines, more.);
        sink total = all.fold(0, |sum, line| sum + line.len() as u64);
    };
    words.run().await
}

fn main() {
    let _ = run;
}
