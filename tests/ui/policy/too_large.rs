use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[buffer(99999999999999999999)]
        stage b = a.map(|n| n + 1);
        sink n = b.count();
    };
}
