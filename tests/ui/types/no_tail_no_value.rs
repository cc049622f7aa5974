use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    fn total() -> Pipeline<u64> {
        source numbers = 0..3u64;
        sink done = numbers.for_each(|_| {});
    }
}

fn main() {}
