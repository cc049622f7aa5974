use std::rc::Rc;

use pipeline_runtime::pipeline;

async fn limit() -> u64 {
    3
}

fn main() {
    let _ = pipeline! {
        source numbers = {
            let one = Rc::new(1);
            0..limit().await + *one
        };
        sink n = numbers.count();
    };
}
