use pipeline_runtime::pipeline;

fn main() {
    let (sender, _receiver) = std::sync::mpsc::channel::<u64>();
    let _ = pipeline! {
        source numbers = 0..3u64;
        sink n = numbers.forward(sender);
    };
}
