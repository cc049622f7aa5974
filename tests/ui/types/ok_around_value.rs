use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source words = ["1", "2"];
        stage numbers: u64 = words.map(|word| Ok(word.parse::<u64>()?));
        sink n = numbers.count();
    };
}
