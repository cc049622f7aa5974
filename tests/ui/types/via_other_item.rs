use pipeline_runtime::{Flow, pipeline};

fn clean() -> Flow<String, u64> {
    pipeline! {
        source words: String = input;
        sink lengths = words.map(|word| word.len() as u64).output();
    }
}

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage lengths = numbers.via(clean());
        sink n = lengths.count();
    };
}
