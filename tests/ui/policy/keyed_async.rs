use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[keyed(async |n| *n)]
        stage b = a.dedup();
        sink n = b.count();
    };
}
