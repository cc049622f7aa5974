use std::sync::{Arc, Mutex};

use pipeline_runtime::pipeline;

async fn save(_: u64) {}

fn main() {
    let sum = Arc::new(Mutex::new(0));
    let _ = pipeline! {
        source numbers = 0..3u64;
        sink saved = numbers.for_each(async |n| {
            let mut sum = sum.lock().unwrap();
            *sum += n;
            save(*sum).await;
        });
    };
}
