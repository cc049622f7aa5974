use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = ["1", "x"];
        #[breaker(failure_rate = 50)]
        sink n = a.map(|text| text.parse::<u64>()?).count();
    };
}
