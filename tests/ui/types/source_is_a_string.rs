use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = "one two".to_owned();
        sink n = a.count();
    };
}
