use pipeline_runtime::pipeline;

fn main() {
    let first = 4;
    let _ = pipeline! {
        source numbers = 0..100u64;
        stage (a, b) = numbers.tee();
        stage late = a.skip(first);
        sink pairs = zip(late, b).count();
    };
}
