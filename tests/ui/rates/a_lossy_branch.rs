use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..100u64;
        #[buffer(0)]
        stage (#[lossy(drop_oldest)] a, b) = numbers.tee();
        stage ahead = b.map(|n| n + 1);
        sink pairs = zip(a, ahead).count();
    };
}
