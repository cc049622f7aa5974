use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    fn total() -> Pipeline<(u64, String)> {
        source numbers = 0..3u64;
        stage (a, b) = numbers.tee();
        sink n = a.count();
        sink m = b.count();
    }
}

fn main() {}
