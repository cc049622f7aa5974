use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        sink n = a.fold(0, |s, n| s + u8::try_from(n)?) else rejects;
        sink m = rejects.count();
    };
}
