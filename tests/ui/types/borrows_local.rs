use pipeline_runtime::pipeline;

fn main() {
    let factor = 3;
    let factor = &factor;
    let _ = pipeline! {
        source numbers = 0..3;
        stage more = numbers.map(|n| n * *factor);
        sink n = more.count();
    };
}
