use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![timeout(4s)]
        source a = 0..3;
        sink n = a.count();
    };
}
