//! Counts the words of a file, its own source by default: three stages, four workers, nothing to close.
//!
//! `cargo run --release --example quickstart -- README.md`

use pipeline_runtime::{BoxError, pipeline};
use tokio::{fs::File, io::AsyncBufReadExt, io::BufReader};

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let path = std::env::args().nth(1);
    let path = path.unwrap_or(concat!(env!("CARGO_MANIFEST_DIR"), "/quickstart.rs").into());

    let words = pipeline! {
        source lines = BufReader::new(File::open(path).await?).lines();

        #[workers(4)]
        stage words = lines?.flat_map(|line| split_words(&line));

        sink total = words.count();
    };

    println!("{} words", words.run().await?);
    Ok(())
}

/// The words of one line.
fn split_words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}
