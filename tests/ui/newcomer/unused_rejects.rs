use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source lines = ["1", "x"];
        stage numbers = lines.map(|ref line| line.parse::<u64>()?) else rejects;
        sink total = numbers.fold(0, |sum, n| sum + n);
    };
}
