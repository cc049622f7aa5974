use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        source words = ["a", "b"];
        sink n = merge(numbers, words).count();
    };
}
