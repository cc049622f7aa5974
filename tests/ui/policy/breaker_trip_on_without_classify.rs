use pipeline_runtime::pipeline;

#[derive(PartialEq)]
enum Login {
    Granted,
    Denied,
}
use Login::*;

impl pipeline_runtime::CallClass for Login {
    fn verdict(&self) -> pipeline_runtime::Verdict {
        pipeline_runtime::Verdict::Success
    }
}

fn main() {
    let _ = pipeline! {
        source a = ["1", "x"];
        #[breaker(trip_on = [Denied, Denied, Granted])]
        sink n = a.map(|text| text.parse::<u64>()?).count();
    };
}
