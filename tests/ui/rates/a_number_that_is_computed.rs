use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..100u64;
        stage (a, b) = numbers.tee();
        stage late = a.skip(2 + 2);
        sink pairs = zip(late, b).count();
    };
}
