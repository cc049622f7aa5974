use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..100u64;
        source first = 0..10u64;
        stage (a, b) = numbers.tee();
        stage both = concat(first, a);
        sink pairs = zip(both, b).count();
    };
}
