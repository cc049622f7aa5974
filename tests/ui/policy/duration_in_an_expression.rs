use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage b = a.batch(3, 2 * 5s);
        sink n = b.count();
    };
}
