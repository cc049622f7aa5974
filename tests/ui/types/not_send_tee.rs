use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u8;
        stage (a, b) = numbers.map(|n| Rc::new(n)).tee();
        sink n = a.count();
        sink m = b.count();
    };
}
