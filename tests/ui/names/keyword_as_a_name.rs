use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source match = 0..3;
        sink n = match.count();
    };
}
