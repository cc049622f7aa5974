use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        source a = 0..4;
        sink n = a.count();
    };
}
