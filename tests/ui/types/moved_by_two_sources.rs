use pipeline_runtime::pipeline;

fn main() {
    let words = vec!["a".to_owned()];
    let _ = pipeline! {
        source first = words;
        source second = words;
        stage all = merge(first, second);
        sink n = all.count();
    };
}
