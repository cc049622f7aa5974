use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[retry(attempts = 3), retry_budget(ratio = 0.1)]
        stage b = a.map(|n| u8::try_from(n)?);
        sink n = b.count();
    };
}
