use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = Some(5);
        sink n = a.count();
    };
}
