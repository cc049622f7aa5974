use pipeline_runtime::pipeline;

fn length(text: String) -> usize {
    text.len()
}

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage lengths = numbers.map(length);
        sink n = lengths.count();
    };
}
