use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        clone (db, http);
        source a = 0..db;
        sink s = a.count();
    };
}
