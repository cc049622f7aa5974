use pipeline_runtime::pipeline;

async fn count(text: String) -> u64 {
    let words = pipeline! {
        source lines = text.lines();
        sink n = lines.count();
        n
    };
    words.run().await.unwrap_or_default()
}

fn main() {}
