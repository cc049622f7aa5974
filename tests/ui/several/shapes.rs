use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage b = a.tee();
        stage (c, d) = b.map(|n| n + 1);
        stage e = c.count();
        sink n = d.map(|n| n + 1);
        source f = 0..3;
    };
}
