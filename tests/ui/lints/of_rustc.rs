use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![warn(dead_code)]
        source a = 0..3;
        sink n = a.count();
    };
}
