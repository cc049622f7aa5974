use pipeline_runtime::pipeline;

fn is_even(n: u64) -> bool {
    n % 2 == 0
}

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage even = numbers.filter(is_even);
        sink n = even.count();
    };
}
