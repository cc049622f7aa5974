use std::rc::Rc;

use pipeline_runtime::pipeline;

async fn run() {
    let pipeline = pipeline! {
        source numbers = 0..3;
        sink n = numbers.count();
        Rc::new(n)
    };
    let _ = pipeline.run().await;
}

fn main() {
    let _ = run();
}
