use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![warn(clippy::unwrap_used)]
        source a = 0..3;
        sink n = a.count();
    };
}
