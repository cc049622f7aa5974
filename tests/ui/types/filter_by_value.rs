use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage even = numbers.filter(|n: u64| n % 2 == 0);
        sink all = even.count();
    };
}
