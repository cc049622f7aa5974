use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source words = ["1", "2"];
        stage numbers = words.map(|(key, word)| word);
        sink n = numbers.count();
    };
}
