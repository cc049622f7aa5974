use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[worker(3)]
        stage b = a.map(|n| n + 1);
        stage c = b.workers(2).filter(|n| *n > 1);
        stage d = c.batch(1s);
        sink n = d.sum();
    };
}
