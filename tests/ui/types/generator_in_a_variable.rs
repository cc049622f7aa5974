use pipeline_runtime::{Output, pipeline};

fn main() {
    let numbers = async |mut out: Output<u64>| out.send(1).await;
    let _ = pipeline! {
        source a = numbers;
        sink n = a.count();
    };
}
