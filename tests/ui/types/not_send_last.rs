use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u8;
        sink last = numbers.map(|n| Rc::new(n)).last();
    };
}
