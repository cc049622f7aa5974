use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage b = merge(a, b);
        sink n = b.count();
    };
}
