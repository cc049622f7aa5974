use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage b = a.window(0, |sum, n| *sum += n, count = 3, count = 4);
        sink n = b.count();
    };
}
