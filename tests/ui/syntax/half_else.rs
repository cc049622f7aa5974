#![deny(warnings)]

use pipeline_runtime::{BoxError, Failure, pipeline};

async fn run(path: String) -> Result<u64, Failure<BoxError>> {
    let words = pipeline! {
        source lines = path.lines().map(str::to_owned).collect::<Vec<_>>();
        stage numbers = lines.map(|ref line| line.parse::<u64>()?) else;
        sink total = numbers.fold(0, |sum, n| sum + n);
        sink bad = rejects.count();
        total + bad
    };
    words.run().await
}

fn main() {
    let _ = run;
}
