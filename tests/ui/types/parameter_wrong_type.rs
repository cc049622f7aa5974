use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage lengths = numbers.map(|text: String| text.len());
        sink n = lengths.count();
    };
}
