use pipeline_runtime::{BoxError, Pipeline, pipeline};

fn doubled(of: &str) -> Result<Pipeline<u64>, BoxError> {
    let most = of.parse::<u64>()?;
    pipeline! {
        source numbers = 0..most;
        sink n = numbers.count();
        n * 2
    }
}

fn main() {}
