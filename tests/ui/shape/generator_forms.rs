use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = |out| {
            out.send(1);
        };
        #[blocking]
        source b = async |out| {
            out.send(1).await;
        };
        sink n = merge(a, b).count();
    };
    let _ = pipeline! {
        source c: u64 = async |out| {
            out.send("one").await;
        };
        sink n = c.count();
    };
}
