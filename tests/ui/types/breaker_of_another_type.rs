use pipeline_runtime::pipeline;

fn main() {
    let payments = 5;
    let _ = pipeline! {
        source a = ["1", "x"];
        #[breaker(&payments)]
        sink n = a.map(|text| text.parse::<u64>()?).count();
    };
}
