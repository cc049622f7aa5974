use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        sink text = numbers.fold(0u64, |text, n| format!("{text}{n}"));
    };
}
