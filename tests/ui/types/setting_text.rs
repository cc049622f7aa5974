use pipeline_runtime::pipeline;

fn main() {
    let text = "3";
    let _ = pipeline! {
        source numbers = 0..3u64;
        #[workers(text)]
        stage more = numbers.map(|n| n + 1);
        sink n = more.count();
    };
}
