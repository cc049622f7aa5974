use pipeline_runtime::pipeline;

fn class_of<T, E>(result: &Result<T, E>) -> pipeline_runtime::Verdict {
    pipeline_runtime::Verdict::of(result)
}

fn main() {
    let _ = pipeline! {
        source a = ["1", "x"];
        #[breaker(trip_on = [], classify = class_of)]
        sink n = a.map(|text| text.parse::<u64>()?).count();
    };
}
