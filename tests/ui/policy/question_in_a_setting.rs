use pipeline_runtime::pipeline;

fn cores() -> Option<usize> {
    Some(2)
}

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[workers(cores()?)]
        stage b = a.map(|n| n + 1);
        sink n = b.count();
    };
}
