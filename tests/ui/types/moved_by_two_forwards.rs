use pipeline_runtime::pipeline;

fn main() {
    let (sender, _receiver) = tokio::sync::mpsc::channel::<u64>(1);
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage (left, right) = numbers.tee();
        sink n = left.forward(sender);
        sink m = right.forward(sender);
    };
}
