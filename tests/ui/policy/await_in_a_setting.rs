use pipeline_runtime::pipeline;

async fn cores() -> usize {
    2
}

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[workers(cores().await)]
        stage b = a.map(|n| n + 1);
        sink n = b.count();
    };
}
