use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..100u64;
        stage (a, b) = numbers.tee();
        stage groups = a.skip(18446744073709551615).batch(2);
        stage others = b.batch(2);
        sink pairs = zip(groups, others).count();
    };
}
