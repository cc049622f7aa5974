use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage sums = numbers.scan(0u64, |sum, n| { sum = sum + n; sum });
        sink n = sums.count();
    };
}
