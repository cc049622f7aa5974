use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage (b, c) = a.tee();
        sink d = b.output();
        sink e = c.output();
    };
}
