use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        stage a = 0..3;
        sink n = a.count();
    };
}
