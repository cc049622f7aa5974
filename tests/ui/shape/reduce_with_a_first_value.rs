use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        sink n = a.reduce(0, |s, n| s + n);
    };
}
