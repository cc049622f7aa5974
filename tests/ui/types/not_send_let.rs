use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        let one = Rc::new(1);
        source numbers = 0..3;
        stage more = numbers.map(|n| n + *one);
        sink n = more.map(|n| n * *one).count();
    };
}
