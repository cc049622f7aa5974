use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a: u64 = async |out| out.send(1).await;
        #[inline]
        sink n = a.count();
    };
}
