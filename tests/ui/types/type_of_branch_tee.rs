use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage (a: String, b) = numbers.tee();
        sink n = a.count();
        sink m = b.count();
    };
}
