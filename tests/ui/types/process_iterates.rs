use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage sums = numbers.process(async |input, output| {
            for n in input {
                output.send(n).await;
            }
        });
        sink n = sums.count();
    };
}
