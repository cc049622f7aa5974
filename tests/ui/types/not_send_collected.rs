use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u8;
        sink all = numbers.map(|n| Rc::new(n)).collect::<Vec<_>>();
    };
}
