use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage #[lossy(drop_oldest)] b = a.map(|n| n);
        sink n = b.count();
    };
}
