use pipeline_runtime::pipeline;

fn add(a: u64, b: u64) -> u64 {
    a + b
}

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage sums = numbers.map(add);
        sink n = sums.count();
    };
}
