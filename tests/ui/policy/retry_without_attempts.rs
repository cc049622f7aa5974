use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[retry(backoff = 50ms..2s)]
        stage b = a.map(|n| u8::try_from(n)?);
        sink n = b.count();
    };
}
