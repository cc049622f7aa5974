use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[retry(attempts = 3)]
        stage b = a.map(|n| n.checked_sub(1).ok_or("too small")?).map(|n| u8::try_from(n)?);
        sink n = b.count();
    };
}
