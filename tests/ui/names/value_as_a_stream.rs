use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        let list = vec![1, 2];
        source a = 0..3;
        sink n = merge(a, list).count();
    };
}
