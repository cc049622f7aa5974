use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[in_flight(8)]
        stage b = a.scan(0, async |sum, n| { *sum += n; *sum });
        sink n = b.count();
    };
}
