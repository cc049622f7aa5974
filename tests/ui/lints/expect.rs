use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[expect(skipped_errors)]
        sink n = a.count();
    };
}
