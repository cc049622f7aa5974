use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        1 + 1
        sink n = a.count();
    };
}
