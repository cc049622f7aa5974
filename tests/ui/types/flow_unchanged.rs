use pipeline_runtime::{Flow, pipeline};

pipeline! {
    fn same() -> Flow<String, u64> {
        source words = input;
        sink same = words.output();
    }
}

fn main() {}
