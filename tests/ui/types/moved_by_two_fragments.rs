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
        source numbers = 0..3u64;
        stage once = numbers.via(clean(words));
        stage twice = once.via(clean(words));
        sink n = twice.count();
    };
}
