use pipeline_runtime::pipeline;

fn main() {
    let held = 8;
    let _ = pipeline! {
        source numbers = 0..100u64;
        #[buffer(held)]
        stage (a, b) = numbers.tee();
        stage late = a.skip(4);
        sink pairs = zip(late, b).count();
    };
}
