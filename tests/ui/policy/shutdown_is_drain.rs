use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![shutdown(3s)]
        source a = 0..3;
        sink n = a.count();
    };
}
