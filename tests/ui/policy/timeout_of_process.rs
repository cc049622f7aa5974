use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[timeout(2s)]
        stage b = a.process(async |input, output| {
            while let Some(n) = input.next().await {
                output.send(n).await;
            }
        });
        sink n = b.count();
    };
}
