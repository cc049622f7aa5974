use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![drain(0s)]
        source a = 0..3;
        sink n = a.count();
    };
}
