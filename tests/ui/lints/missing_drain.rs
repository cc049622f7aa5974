use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deny(missing_drain)]
        source a = 0..3;
        sink n = a.count();
    };
}
