#![deny(warnings)]

use std::num::ParseIntError;

use pipeline_runtime::{Failure, Pipeline, pipeline};

pipeline! {
    /// Adds up the numbers in the lines.
    pub fn sum(lines: Vec<String>, mut least: u64) -> Pipeline<(u64, u64), ParseIntError> {
        source lines = lines;
        stage numbers = lines.map(|ref line| line.trim().) else rejects;
        sink total = numbers.filter(|n| *n > least).fold(0, |total, n| total + n);
        sink bad = rejects.count();
        (total, bad)
    }
}

async fn run() -> Result<u64, Failure<ParseIntError>> {
    assert_eq!(SUM_GRAPH.stages.len(), 4);
    let (total, bad) = sum(vec!["1".to_owned()], 0).run().await?;
    Ok(total + bad)
}

fn main() {
    let _ = run;
}
