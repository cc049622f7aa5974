use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        stage a = vec![1, 2];
        sink n = a.count();
    };
}
