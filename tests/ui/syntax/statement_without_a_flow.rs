use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a;
        sink n = a.count();
    };
}
