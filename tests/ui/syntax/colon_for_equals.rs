use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a: 0;
        sink n = a.count();
    };
}
