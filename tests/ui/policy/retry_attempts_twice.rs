use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[retry(attempts = 4, attempts = 5)]
        stage b = a.map(|n| u8::try_from(n)?);
        sink n = b.count();
    };
}
