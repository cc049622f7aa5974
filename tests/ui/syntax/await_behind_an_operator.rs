use pipeline_runtime::pipeline;

async fn fetch(n: u64) -> u64 {
    n
}

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        stage b = a.map(fetch).await;
        sink n = b.count();
    };
}
