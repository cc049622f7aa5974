use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage sums = numbers.window(0, |sum, n| *sum + n, count = 2);
        sink n = sums.count();
    };
}
