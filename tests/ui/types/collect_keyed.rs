use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        #[keyed(|n| n % 2)]
        sink all = numbers.collect::<String>();
    };
}
