use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[rate(5, per = 1s)]
        stage b = a.map(|n| n + 1);
        sink n = b.count();
    };
}
