use pipeline_runtime::{Pipeline, pipeline};

fn total() -> Pipeline<String> {
    pipeline! {
        source numbers = 0..3u64;
        sink n = numbers.count();
    }
}

fn main() {}
