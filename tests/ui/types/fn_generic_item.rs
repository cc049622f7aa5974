use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    fn sorted<T: Ord>(items: Vec<T>) -> Pipeline<Vec<T>> {
        source all = items;
        stage some = all.filter(|item| item > item);
        sink kept = some.collect();
    }
}

fn main() {}
