use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[keyed(n.id)]
        stage b = a.dedup();
        sink n = b.count();
    };
}
