fn main() {
    let lines = || Ok::<_, std::num::ParseIntError>(["1", "2"].map(|line| line.parse::<u64>()));
    let _ = pipeline_runtime::pipeline! {
        clone lines;
        #[retry(attempts = 3)]
        source a = lines()?;
        source b = lines()?;
        sink n = merge(a, b)?.count();
    };
}
