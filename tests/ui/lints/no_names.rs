use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deny("skipped_errors")]
        source a = 0..3;
        sink n = a.count();
    };
}
