use pipeline_runtime::pipeline;

fn main() {
    let db = 1;
    let _ = pipeline! {
        clone db, db;
        source a = 0..3;
        sink n = a.count();
    };
}
