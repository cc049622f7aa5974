use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..100u64;
        stage (a, b) = numbers.tee();
        sink items = concat(a, b).count();
    };
}
