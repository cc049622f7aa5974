use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        sink sum: String = numbers.fold(0, |sum, n| sum + n);
    };
}
