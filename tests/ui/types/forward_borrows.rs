use pipeline_runtime::pipeline;

fn main() {
    let (mut sender, _receiver) = futures::channel::mpsc::channel::<u64>(1);
    let _ = pipeline! {
        source numbers = 0..3u64;
        sink n = numbers.forward(&mut sender);
    };
}
