use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..100u64;
        stage (a, b) = numbers.tee();
        #[keyed(|n| n % 3)]
        stage groups = a.batch(10);
        stage others = b.batch(10);
        sink pairs = zip(groups, others).count();
    };
}
