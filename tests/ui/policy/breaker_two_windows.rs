use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = ["1", "x"];
        #[breaker(failure_rate = 0.5, count_window = 100, time_window = 30s)]
        sink n = a.map(|text| text.parse::<u64>()?).count();
    };
}
