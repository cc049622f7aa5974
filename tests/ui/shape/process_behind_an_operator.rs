use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage b = a.map(|n| n + 1).process(async |input, output| {});
        sink n = b.count();
    };
}
