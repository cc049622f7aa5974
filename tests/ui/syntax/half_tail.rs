#![deny(warnings)]

use pipeline_runtime::{BoxError, Failure, pipeline};

async fn run(path: String) -> Result<u64, Failure<BoxError>> {
    let words = pipeline! {
        source lines = path.lines().map(str::to_owned).collect::<Vec<_>>();
        stage (all, rest) = lines.map(|line| line.len() as u64).tee();
        sink total = all.fold(0, |sum, n| sum + n);
        sink count = rest.count();
        total /
    };
    words.run().await
}

fn main() {
    let _ = run;
}
