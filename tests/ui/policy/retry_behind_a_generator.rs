fn main() {
    let _ = pipeline_runtime::pipeline! {
        #[retry(attempts = 3)]
        source a = async |out| out.send("1".parse::<u64>()).await;
        sink n = a?.count();
    };
}
