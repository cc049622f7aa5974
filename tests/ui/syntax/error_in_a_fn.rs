use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    fn load() -> Pipeline<u64> {
        #![error(std::io::Error)]
        source a = 0..3;
        sink n = a.count();
    }
}

fn main() {}
