use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[retry(attempts = 3)]
        stage b = a.scan(0u64, |sum, n| {
            *sum += n;
            u8::try_from(*sum)?
        });
        sink n = b.count();
    };
}
