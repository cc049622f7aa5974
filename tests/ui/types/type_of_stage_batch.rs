use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage words: String = numbers.batch(3);
        sink n = words.count();
    };
}
