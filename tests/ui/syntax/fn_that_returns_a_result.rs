use pipeline_runtime::pipeline;

pipeline! {
    fn load() -> Result<u64, std::io::Error> {
        source a = 0..3;
        sink n = a.count();
    }
}

fn main() {}
