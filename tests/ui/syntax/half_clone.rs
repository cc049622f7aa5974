#![deny(warnings)]

use pipeline_runtime::{BoxError, Failure, pipeline};

async fn run(path: String, prefix: String) -> Result<u64, Failure<BoxError>> {
    let words = pipeline! {
        clone prefix, ;
        source lines = path.lines().map(str::to_owned).collect::<Vec<_>>();
        sink total = lines.filter(|line| line.starts_with(&prefix)).count();
    };
    words.run().await
}

fn main() {
    let _ = run;
}
