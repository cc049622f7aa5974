use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![retry_budget(ratio = 0.1)]
        source a = 0..3u64;
        stage b = a.map(|n| u8::try_from(n)?);
        sink n = b.count();
    };
}
