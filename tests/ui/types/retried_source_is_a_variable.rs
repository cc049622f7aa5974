fn main() {
    let (_tx, rx) = tokio::sync::mpsc::channel::<Result<u64, std::io::Error>>(8);
    let _ = pipeline_runtime::pipeline! {
        #[retry(attempts = 3)]
        source orders = rx;
        sink n = orders?.count();
    };
}
