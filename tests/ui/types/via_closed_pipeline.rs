use pipeline_runtime::{Pipeline, pipeline};

fn clean() -> Pipeline<u64> {
    pipeline! {
        source numbers = 0..3u64;
        sink n = numbers.count();
    }
}

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage lengths = numbers.via(clean());
        sink n = lengths.count();
    };
}
