use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    fn all<F: Fn(u64) -> u64>(change: F) -> Pipeline<u64> {
        source numbers = 0..3u64;
        sink n = numbers.map(|n| change(n)).count();
    }
}

fn main() {}
