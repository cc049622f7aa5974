use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage sums = numbers.process(async |input, output| {
            let mut sum = 0;
            while let Some(n) = input.next().await {
                sum += n;
                output.send(sum).await;
            }
            sum
        });
        sink n = sums.count();
    };
}
