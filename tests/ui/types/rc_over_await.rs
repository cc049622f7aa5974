use std::rc::Rc;

use pipeline_runtime::pipeline;

async fn save(_: u64) {}

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage saved = numbers.map(async |n| {
            let n = Rc::new(n);
            save(*n).await;
            *n
        });
        sink n = saved.count();
    };
}
