use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        src a = 0..3;
        sink n = a.count();
    };
}
