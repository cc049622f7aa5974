use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..100u64;
        stage (even, odd) = numbers.route(|n| if n % 2 == 0 { even(n) } else { odd(n) });
        sink pairs = zip(even, odd).count();
    };
}
