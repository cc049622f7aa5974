#[derive(Debug)]
struct Wrong;

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("wrong")
    }
}

impl std::error::Error for Wrong {}

fn main() {
    let _ = pipeline_runtime::pipeline! {
        #![error(Wrong)]
        #[retry(attempts = 3, when = |wrong| matches!(wrong, Wrong))]
        source numbers = ["1", "2"].map(|text| text.parse::<u64>());
        sink n = numbers?.map(|n| n + 1).count();
    };
}
