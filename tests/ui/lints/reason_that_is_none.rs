use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deny(skipped_errors, reason = 3)]
        source a = 0..3;
        sink n = a.count();
    };
}
