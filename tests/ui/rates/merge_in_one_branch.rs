use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..100u64;
        stage (a, b, c) = numbers.tee();
        stage both = merge(a, b);
        sink pairs = zip(both, c).count();
    };
}
