use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        source b = 0..3;
        sink n = mrege(a, b).count();
    };
}
