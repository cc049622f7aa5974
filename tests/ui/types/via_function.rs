use pipeline_runtime::{Flow, pipeline};

fn clean() -> Flow<u64, u64> {
    pipeline! {
        source numbers = input;
        sink more = numbers.map(|n| n + 1).output();
    }
}

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage lengths = numbers.via(clean);
        sink n = lengths.count();
    };
}
