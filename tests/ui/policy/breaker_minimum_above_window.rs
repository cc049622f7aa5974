use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = ["1", "x"];
        #[breaker(failure_rate = 0.5, count_window = 10, minimum_calls = 20)]
        sink n = a.map(|text| text.parse::<u64>()?).count();
    };
}
