use pipeline_runtime::pipeline;

fn main() {
    let factor = "2".to_owned();
    let _ = pipeline! {
        source words = ["1", "x"];
        #[retry(attempts = 3, factor = factor)]
        stage numbers = words.map(|word| word.parse::<u64>()?);
        sink n = numbers.count();
    };
}
