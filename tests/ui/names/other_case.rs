use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source lines = 0..3;
        sink n = Lines.count();
    };
}
