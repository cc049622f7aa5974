use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[keyed(|n| *n, idle = 5m)]
        stage b = a.map(|n| n + 1);
        sink n = b.count();
    };
}
