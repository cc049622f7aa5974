use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source words = ["1", "2"];
        stage numbers = words.map(|word| Ok(word.parse::<u64>()?));
        sink n = numbers.map(|n| n + 1).count();
    };
}
