use pipeline_runtime::pipeline;

async fn send(_: u64) -> Result<(), std::io::Error> {
    Ok(())
}

fn main() {
    let payments = pipeline_runtime::Breaker::builder().build().unwrap();
    let orders = pipeline_runtime::Breaker::builder().build().unwrap();
    let _ = pipeline! {
        source a = 0..3u64;
        #[breaker(&payments, &orders)]
        sink n = a.for_each(async |x| { send(x).await? });
    };
}
