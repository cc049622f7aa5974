use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[breaker(failure_rate = 0.5)]
        sink n = a.map(|x| x + 1).count();
    };
}
