use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    fn numbers() -> Pipeline<u64> {
        #![error(std::fmt::Error)]
        source a = 0..3;
        sink n = a.count();
    }
}

fn main() {
    let _ = numbers();
}
