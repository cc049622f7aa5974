use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[keyed(|n| *n, idle = 5m, idle = 6m)]
        stage b = a.dedup();
        sink n = b.count();
    };
}
