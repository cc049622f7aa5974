use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = async |out| {
            out.send(1u64).await;
            1
        };
        sink n = numbers.count();
    };
}
