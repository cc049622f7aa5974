use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source words = ["a".to_owned(), "b".to_owned()];
        #[keyed(|word| word.as_str())]
        sink n = words.count();
    };
}
