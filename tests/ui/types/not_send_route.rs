use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u8;
        stage (a, b) = numbers.route(|n| if n == 0 { a(n) } else { b(Rc::new(n)) });
        sink n = a.count();
        sink m = b.count();
    };
}
