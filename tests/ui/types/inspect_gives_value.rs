use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage seen = numbers.inspect(|n| n + 1);
        sink n = seen.count();
    };
}
