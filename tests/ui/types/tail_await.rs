use pipeline_runtime::pipeline;

async fn save(_: u64) {}

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        sink n = numbers.count();
        save(n).await
    };
}
