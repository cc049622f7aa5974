use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        let n;
        source a = 0..n;
        sink s = a.count();
    };
}
