use pipeline_runtime::pipeline;

async fn send(_: u64) {}

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[limit(4)]
        sink n = a.for_each(async |x| send(x).await);
    };
}
