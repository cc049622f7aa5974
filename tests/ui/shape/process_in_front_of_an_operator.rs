use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage b = a.process(async |input, output| {}).map(|n: u8| n);
        sink n = b.count();
    };
}
