use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = [(1, 2)];
        sink n = a.map(|x, y| x + y).count();
    };
}
