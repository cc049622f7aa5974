fn main() {
    let _ = pipeline_runtime::pipeline! {
        #[retry(attempts = 3)]
        source a = 0..3u64;
        #[retry(attempts = 3)]
        source b = async |out| out.send(1u64).await;
        stage c = merge(a, b);
        sink n = c.count();
    };
}
