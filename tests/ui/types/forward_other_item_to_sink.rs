use pipeline_runtime::pipeline;

fn main() {
    let (sender, _receiver) = futures::channel::mpsc::channel::<String>(1);
    let _ = pipeline! {
        source numbers = 0..3u64;
        sink n = numbers.forward(sender);
    };
}
