use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source lines = [1, 2];
        sink stored = lines.batch(500, 10sec).for_each(|lines| drop(lines));
    };
}
