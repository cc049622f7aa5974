use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage words: String = numbers.flat_map(|n| 0..n);
        sink n = words.count();
    };
}
