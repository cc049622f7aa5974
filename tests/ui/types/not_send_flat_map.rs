use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u8;
        stage cells = numbers.flat_map(|n| vec![Rc::new(n)]);
        sink n = cells.count();
    };
}
