use pipeline_runtime::{BoxError, pipeline};

async fn save(_: u64) -> Result<(), BoxError> {
    Ok(())
}

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        sink n = numbers.for_each(async |n| save(n).await);
    };
}
