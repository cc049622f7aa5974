use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage b = a.for_each(|n| drop(n));
        sink n = b.count();
    };
}
