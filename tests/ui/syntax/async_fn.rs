use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    async fn load() -> Pipeline<u64> {
        source a = 0..3;
        sink n = a.count();
    }
}

fn main() {}
