use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    #[deny(skipped_errors)]
    fn numbers() -> Pipeline<u64> {
        source a = 0..3;
        sink n = a.count();
    }
}

fn main() {
    let _ = numbers();
}
