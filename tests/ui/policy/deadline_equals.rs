use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deadline = 30s]
        source a = 0..3;
        sink n = a.count();
    };
}
