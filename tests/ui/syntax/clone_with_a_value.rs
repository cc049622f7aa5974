use pipeline_runtime::pipeline;

fn main() {
    let db = 3;
    let _ = pipeline! {
        clone db = 3;
        source a = 0..db;
        sink s = a.count();
    };
}
