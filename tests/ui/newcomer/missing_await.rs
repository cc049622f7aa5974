use pipeline_runtime::pipeline;

async fn store(_: u64) -> Result<(), std::io::Error> {
    Ok(())
}

fn main() {
    let _ = pipeline! {
        source ids = [1, 2];
        sink stored = ids.for_each(async |id| store(id)?);
    };
}
