use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage sums = numbers.scan(0, |sum, n| sum + n);
        sink n = sums.collect::<Vec<u64>>();
    };
}
