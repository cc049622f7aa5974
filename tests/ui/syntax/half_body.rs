#![deny(warnings)]

use std::collections::BTreeSet;

use pipeline_runtime::{BoxError, Failure, pipeline};

async fn run(path: String) -> Result<u64, Failure<BoxError>> {
    let words = pipeline! {
        source lines = path.lines().map(str::to_owned).collect::<Vec<_>>();
        stage lengths = lines.map(|line| {
            let mut seen = BTreeSet::new();
            let first = line.chars().next() +;
            seen.insert(line.len());
            seen.contains(&first) as u64
        });
        sink total = lengths.fold(0, |sum, n| sum + n);
    };
    words.run().await
}

fn main() {
    let _ = run;
}
