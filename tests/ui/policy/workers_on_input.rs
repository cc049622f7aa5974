use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #[workers(2)]
        source a: u64 = input;
        sink b = a.map(|n| n + 1).output();
    };
}
