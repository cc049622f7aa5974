use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = "1".parse::<u64>();
        sink n = a.count();
    };
}
