use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![forbid(skipped_errors)]
        source a = 0..3;
        sink n = a.count();
    };
}
