use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage more = numbers.filter_map(|n| n + 1);
        sink n = more.count();
    };
}
