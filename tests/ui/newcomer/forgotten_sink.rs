use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source lines = ["1", "2"];
        stage numbers = lines.map(|line| line.parse::<u64>()?);
    };
}
