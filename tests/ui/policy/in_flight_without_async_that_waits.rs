use pipeline_runtime::pipeline;

async fn double(n: u64) -> Result<u64, std::io::Error> {
    Ok(n * 2)
}

fn main() {
    let _ = pipeline! {
        source numbers = 0..9u64;
        #[in_flight(4), timeout(2s)]
        stage doubled = numbers.map(|n| double(n).await?);
        sink n = doubled.count();
    };
}
