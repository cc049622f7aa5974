use pipeline_runtime::{Pipeline, pipeline};

struct Loader;

impl Loader {
    pipeline! {
        fn load(&self) -> Pipeline<u64> {
            source a = 0..3;
            sink n = a.count();
        }
    }
}

fn main() {
    let _ = Loader.load();
}
