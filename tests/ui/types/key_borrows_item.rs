use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source words = ["a".to_owned(), "b".to_owned()];
        #[keyed(|word| word), workers(2)]
        sink n = words.count();
    };
}
