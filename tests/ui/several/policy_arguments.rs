use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deadline(30)]
        #![drain(0s)]
        source a = 0..3;
        #[workers(2s), unordered(true)]
        stage b = a.map(|n| n + 1);
        #[in_flight(0), buffer = 8]
        stage c = b.map(async |n| n + 1);
        #[keyed(|n| *n, ttl = 5m)]
        sink n = c.dedup().count();
    };
}
