use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = async { 0..3 };
        sink n = a.count();
    };
}
