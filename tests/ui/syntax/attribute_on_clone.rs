use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #[workers(2)]
        clone db;
        source a = 0..db;
        sink s = a.count();
    };
}
