use pipeline_runtime::pipeline;
use tokio::io::AsyncBufReadExt;

fn length(line: String) -> usize {
    line.len()
}

fn main() {
    let _ = pipeline! {
        source lines = tokio::io::BufReader::new(tokio::io::stdin()).lines();
        stage lengths = lines.map(length);
        sink n = lengths.count();
    };
}
