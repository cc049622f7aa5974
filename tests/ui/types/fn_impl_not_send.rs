use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    fn all(items: impl Iterator<Item = u64>) -> Pipeline<u64> {
        source items = items;
        sink n = items.count();
    }
}

fn main() {}
