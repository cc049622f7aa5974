use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source s = 0..3;
        stage a = merge(s, b);
        stage b = a.map(|n| n + 1);
        source c = 0..3;
        sink n = c.count();
    };
}
