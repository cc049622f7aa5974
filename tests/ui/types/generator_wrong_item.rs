use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers: u64 = async |out| out.send("one").await;
        sink n = numbers.count();
    };
}
