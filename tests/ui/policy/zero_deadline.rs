use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deadline(0s)]
        source a = 0..3;
        sink n = a.count();
    };
}
