use pipeline_runtime::pipeline;

fn main() {
    let semaphore = tokio::sync::Semaphore::new(4);
    let _ = pipeline! {
        source a = ["1", "x"];
        #[limit(&semaphore)]
        sink n = a.for_each(|_| {});
    };
}
