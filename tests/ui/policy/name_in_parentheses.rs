use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![name("load")]
        source a = 0..3;
        sink n = a.count();
    };
}
