use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = ["1", "x"];
        #[breaker(consecutive_failures = 5, count_window = 100)]
        sink n = a.map(|text| text.parse::<u64>()?).count();
    };
}
