use pipeline_runtime::pipeline;
use tokio::io::AsyncBufReadExt;

fn main() {
    let _ = pipeline! {
        source lines = tokio::io::BufReader::new(tokio::io::stdin()).lines();
        stage lengths = lines.map(|line: String| line.len());
        sink n = lengths.count();
    };
}
