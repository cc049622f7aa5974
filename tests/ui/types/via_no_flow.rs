use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage lengths = numbers.via(5);
        sink n = lengths.count();
    };
}
