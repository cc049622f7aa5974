use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        sink n = a.window(0, |s, n| *s += n, 1s).count();
    };
}
