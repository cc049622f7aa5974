#![deny(warnings)]

use pipeline_runtime::{BoxError, Failure, pipeline};

async fn run(path: String) -> Result<u64, Failure<BoxError>> {
    let words = pipeline! {
        source lines = path.;
        stage lengths = lines.map(|line| line.len() +);
        stage (all, rest) = lengths.tee()
        sink total = all.fold(0, |sum, n| sum + n);
        sink count = rest.cuont();
        total + count
    };
    words.run().await
}

fn main() {
    let _ = run;
}
