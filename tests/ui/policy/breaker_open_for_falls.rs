use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = ["1", "x"];
        #[breaker(failure_rate = 0.5, open_for = 1m..5s)]
        sink n = a.map(|text| text.parse::<u64>()?).count();
    };
}
