use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    fn counted<E>(check: fn(u64) -> Result<u64, E>) -> Pipeline<u64, E> {
        source numbers = 0..3u64;
        sink n = numbers.map(check?).count();
    }
}

fn main() {}
