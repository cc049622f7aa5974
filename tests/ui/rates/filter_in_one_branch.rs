use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..100u64;
        stage (a, b) = numbers.tee();
        stage kept = a.filter(|n| n % 2 == 0);
        sink pairs = zip(kept, b).count();
    };
}
