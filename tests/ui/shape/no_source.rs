use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        1 + 1
    };
}
