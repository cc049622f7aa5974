use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source merge = 0..3;
        sink n = merge.count();
    };
}
