use pipeline_runtime::{Flow, pipeline};

pipeline! {
    fn lengths() -> Flow<String, u64> {
        source words = input;
        sink lengths = words.map(|word| word.len()).output();
    }
}

fn main() {}
