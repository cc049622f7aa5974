use pipeline_runtime::pipeline;

async fn numbers() -> Vec<u64> {
    Vec::new()
}

fn main() {
    let _ = pipeline! {
        source a = numbers();
        sink n = a.count();
    };
}
