use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a-b = 0..3;
        sink n = a_b.count();
    };
}
