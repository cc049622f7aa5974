use pipeline_runtime::{BoxError, Failed, pipeline};

async fn look_up(n: u64) -> Result<u64, BoxError> {
    Ok(n)
}

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[timeout(1s), on_error(|e| match e { Failed::Timeout(_) => skip, Failed::Open(_) => fail })]
        stage b = a.map(async |n| look_up(n).await?);
        sink n = b.count();
    };
}
