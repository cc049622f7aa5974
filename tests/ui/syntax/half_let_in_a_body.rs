#![deny(warnings)]

use pipeline_runtime::pipeline;

async fn length(line: &str) -> Result<usize, std::io::Error> {
    Ok(line.len())
}

fn main() {
    let _ = pipeline! {
        source lines = ["1", "2"];
        stage lengths = lines.map(async |line| {
            let length length(line).await?;
            length + 1
        });
        sink total = lengths.fold(0, |sum, n| sum + n);
    };
}
