use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        source b = 0..3u64;
        stage words: String = merge(a, b);
        sink n = words.count();
    };
}
