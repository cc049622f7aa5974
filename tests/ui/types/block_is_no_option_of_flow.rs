use pipeline_runtime::{Flow, pipeline};

fn lengths() -> Option<Flow<String, usize>> {
    pipeline! {
        source words: String = input;
        sink lengths = words.map(|word| word.len()).output();
    }
}

fn main() {}
