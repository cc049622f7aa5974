use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage words: String = numbers.process(async |input, output| {
            while let Some(n) = input.next().await {
                output.send(n).await;
            }
        });
        sink n = words.count();
    };
}
