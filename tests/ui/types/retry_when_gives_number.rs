use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source words = ["1", "x"];
        #[retry(attempts = 3, when = |e| e.to_string().len())]
        stage numbers = words.map(|word| word.parse::<u64>()?);
        sink n = numbers.count();
    };
}
