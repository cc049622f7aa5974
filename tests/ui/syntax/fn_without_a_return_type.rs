use pipeline_runtime::pipeline;

pipeline! {
    fn load() {
        source a = 0..3;
        sink n = a.count();
    }
}

fn main() {}
