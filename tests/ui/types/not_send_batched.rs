use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u8;
        stage sizes = numbers.map(|n| Rc::new(n)).batch(2).map(|cells| cells.len());
        sink n = sizes.count();
    };
}
