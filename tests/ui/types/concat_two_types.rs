use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        source words = ["a", "b"];
        stage all = concat(numbers, words);
        sink n = all.count();
    };
}
