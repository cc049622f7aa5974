use pipeline_runtime::pipeline;

async fn run() {
    let numbers = pipeline! {
        source numbers = 0..3u64;
        sink all = numbers.map(|n| n + 1).collect();
    };
    let _ = numbers.run().await;
}

fn main() {
    let _ = run;
}
