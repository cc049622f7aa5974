use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[allow(skiped_errors)]
        sink n = a.count();
    };
}
