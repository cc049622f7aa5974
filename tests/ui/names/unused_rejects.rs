use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        sink n = a.map(|n| u8::try_from(n)?).count() else rejects;
    };
}
