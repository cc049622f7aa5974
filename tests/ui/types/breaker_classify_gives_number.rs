use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = ["1", "x"];
        #[breaker(failure_rate = 0.5, classify = |result| if result.is_ok() { 1 } else { 2 })]
        sink n = a.map(|text| text.parse::<u64>()?).count();
    };
}
