use pipeline_runtime::{Pipeline, pipeline};

struct Mine;

pipeline! {
    fn load(n: u64) -> Pipeline<u64, Mine> {
        source a = 0..n;
        sink n = a.count();
    }
}

pipeline! {
    fn held<'a>(words: &'a [String]) -> Pipeline<Vec<&'a String>> {
        source a = words;
        sink all = a.collect::<Vec<_>>();
    }
}

fn main() {}
