use pipeline_runtime::pipeline;

pipeline! {
    fn load() -> pipeline_runtime::Pipeline<u64> {
        source a = 0..3;
        sink n = a.count();
    }
    fn store() {}
}

fn main() {}
