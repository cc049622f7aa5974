use pipeline_runtime::pipeline;

fn main() {
    let words = vec!["a".to_owned()];
    let words = &words;
    let _ = pipeline! {
        source words = words.iter();
        sink n = words.count();
    };
}
