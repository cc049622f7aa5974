use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[rate(0, per = 1s)]
        sink n = a.for_each(|_| {});
    };
}
