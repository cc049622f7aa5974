use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        sink n = vec![1, 2].count();
        sink m = (0..3).step_by(2).map(|n| n + 1).collect::<Vec<_>>();
    };
}
