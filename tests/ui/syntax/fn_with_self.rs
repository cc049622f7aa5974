use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    fn load(&self) -> Pipeline<u64> {
        source a = 0..3;
        sink n = a.count();
    }
}

fn main() {}
