use pipeline_runtime::{Flow, pipeline};

fn lengths() -> Flow<String, u64> {
    pipeline! {
        source words: String = input;
        sink lengths = words.map(|word| word.len()).output();
    }
}

fn main() {}
