use pipeline_runtime::{Flow, pipeline};

pipeline! {
    fn same() -> Flow<String, u64> {
        source words: u64 = input;
        sink same = words.map(|word| word).output();
    }
}

fn main() {}
