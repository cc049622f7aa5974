use pipeline_runtime::pipeline;

fn main() {
    let limiter = pipeline_runtime::Limiter::new(5, std::time::Duration::from_secs(1)).unwrap();
    let _ = pipeline! {
        source a = 0..3u64;
        #[rate(&limiter, per = 1s)]
        sink n = a.for_each(|_| {});
    };
}
