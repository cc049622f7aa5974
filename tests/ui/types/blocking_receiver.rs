use pipeline_runtime::pipeline;

fn main() {
    let (_tx, rx) = std::sync::mpsc::channel::<u64>();
    let _ = pipeline! {
        source a = rx;
        sink n = a.count();
    };
}
