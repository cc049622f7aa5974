use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[rate(5, per = 1s)]
        sink n = a.count();
    };
}
