fn main() {
    let _ = pipeline_runtime::pipeline! {
        #[retry(attempts = 3)]
        source numbers = vec![1, 2, 3];
        sink n = numbers?.map(|n| n + 1).count();
    };
}
