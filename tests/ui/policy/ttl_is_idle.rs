use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[keyed(|n| *n, ttl = 5m)]
        stage b = a.dedup();
        sink n = b.count();
    };
}
