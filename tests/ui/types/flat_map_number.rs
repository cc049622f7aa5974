use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage parts = numbers.flat_map(|n| n + 1);
        sink n = parts.count();
    };
}
