use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[timeout(2s, total = 1s), retry(attempts = 3)]
        stage b = a.map(async |n| n + 1);
        sink n = b.count();
    };
}
