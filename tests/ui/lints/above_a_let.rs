use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #[deny(skipped_errors)]
        let limit = 3;
        source a = 0..limit;
        sink n = a.count();
    };
}
