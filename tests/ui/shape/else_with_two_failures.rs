use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage b = a.map(|n| u8::try_from(n)?).map(|n| i8::try_from(n)?) else rejects;
        sink n = b.count();
        sink m = rejects.count();
    };
}
