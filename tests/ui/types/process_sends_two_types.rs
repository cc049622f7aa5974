use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage sums = numbers.process(async |input, output| {
            while let Some(n) = input.next().await {
                output.send(n).await;
            }
            output.send("end").await;
        });
        sink n = sums.count();
    };
}
