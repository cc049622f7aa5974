fn main() {
    let words = vec!["1".to_owned()];
    let _ = pipeline_runtime::pipeline! {
        #[retry(attempts = 3)]
        source numbers = async |out| {
            for word in words {
                out.send(word.parse::<u64>()?).await;
            }
        };
        sink n = numbers.count();
    };
}
