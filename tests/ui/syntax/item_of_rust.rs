use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        use std::fmt;
        source a = 0..3;
        sink n = a.count();
    };
}
