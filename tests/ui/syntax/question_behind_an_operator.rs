use pipeline_runtime::pipeline;

fn parse(n: u64) -> Result<u8, std::num::TryFromIntError> {
    n.try_into()
}

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        stage b = a.map(parse)?;
        sink n = b.count();
    };
}
