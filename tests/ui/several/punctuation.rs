use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a := 0..3;
        stage b = a -> map(|n| n + 1);
        stage c = b.map(|n| Ok(u8::try_from(n)?));
        sink n = c.count;
        n;
    };
}
