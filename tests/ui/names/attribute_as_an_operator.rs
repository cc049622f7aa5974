use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage b = a.workers(4).map(|n| n + 1);
        sink n = b.count();
    };
}
