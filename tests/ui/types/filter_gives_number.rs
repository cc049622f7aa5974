use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage odd = numbers.filter(|n| n % 2);
        sink n = odd.count();
    };
}
