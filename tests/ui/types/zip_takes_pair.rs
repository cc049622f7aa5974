use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        source words = ["a", "b"];
        stage pairs = zip(numbers, words).map(|(n, word, other)| n);
        sink n = pairs.count();
    };
}
