use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..100u64;
        stage (a, b) = numbers.tee();
        stage clean = a.via(pipeline! { source raw = input; stage kept = raw.map(|n: u64| n); sink out = kept.output(); });
        sink pairs = zip(clean, b).count();
    };
}
