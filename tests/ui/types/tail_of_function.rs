use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    fn total() -> Pipeline<String> {
        source numbers = 0..3u64;
        sink n = numbers.count();
        n + 1
    }
}

fn main() {}
