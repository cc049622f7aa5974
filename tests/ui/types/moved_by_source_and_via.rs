use pipeline_runtime::{Flow, pipeline};

fn clean(_: Vec<String>) -> Flow<u64, u64> {
    pipeline! {
        source numbers = input;
        sink more = numbers.map(|n| n + 1).output();
    }
}

fn main() {
    let words = vec!["a".to_owned()];
    let _ = pipeline! {
        source all = words;
        stage lengths = all.map(|word| word.len() as u64);
        stage more = lengths.via(clean(words));
        sink n = more.count();
    };
}
