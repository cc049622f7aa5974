#![deny(warnings)]

use pipeline_runtime::{BoxError, Failure, pipeline};

async fn run(path: String, most: usize) -> Result<u64, Failure<BoxError>> {
    let words = pipeline! {
        source lines = path.lines().map(str::to_owned).collect::<Vec<_>>();
        stage (long, short) = lines.route(|line| match line.len() {
            0 => skip(),
            n if n > most => long(line),
            _ =>
        });
        sink total = long.count();
        sink other = short.discard();
        total
    };
    words.run().await
}

fn main() {
    let _ = run;
}
