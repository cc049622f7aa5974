use pipeline_runtime::pipeline;

fn main() {
    let ratio = String::from("a tenth");
    let _ = pipeline! {
        #![retry_budget(ratio = ratio)]
        source numbers = 0..3;
        #[retry(attempts = 3)]
        stage checked = numbers.map(|n| u8::try_from(n)?);
        sink n = checked.count();
    };
}
