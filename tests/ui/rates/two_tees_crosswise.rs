use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..100u64;
        source others = 0..100u64;
        stage (a, b) = numbers.tee();
        stage (c, d) = others.tee();
        stage kept = a.filter(|n| n % 2 == 0);
        sink one = zip(kept, c).count();
        sink other = zip(d, b).count();
    };
}
