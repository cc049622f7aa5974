#![deny(warnings)]

use std::collections::BTreeSet;

use pipeline_runtime::{BoxError, Failure, pipeline};

async fn run(path: String) -> Result<u64, Failure<BoxError>> {
    let words = pipeline! {
        let seen = BTreeSet::<String>::new();
        source lines = path.lines().map(str::to_owned).collect::<Vec<_>>();
        #[workers(4)]
        stage lengths = lines.filter(|line| !seen.contains(line)).enumerate().map(|(n, line)| n + line.len());
        sink total = lengths.fold(0, |sum, n| sum + n as u64);
    };
    words.run().await
}

fn main() {
    let _ = run;
}
