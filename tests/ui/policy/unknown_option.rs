use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![dedline(3s)]
        source a = 0..3;
        sink n = a.count();
    };
}
