use pipeline_runtime::pipeline;

#[derive(PartialEq)]
struct Login;

impl pipeline_runtime::CallClass for Login {
    fn verdict(&self) -> pipeline_runtime::Verdict {
        pipeline_runtime::Verdict::Success
    }
}

fn main() {
    let logins = pipeline_runtime::Breaker::builder().trip_on([Login]).build().unwrap();
    let _ = pipeline! {
        source a = ["1", "x"];
        #[breaker(&logins)]
        sink n = a.map(|text| text.parse::<u64>()?).count();
    };
}
