use pipeline_runtime::pipeline;

fn main() {
    let (db, http) = (3, 4);
    let _ = pipeline! {
        clone (db, http);
        source a = http..db;
        sink s = a.count();
    };
}
