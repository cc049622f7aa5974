use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = async |out| {
            let n = Rc::new(1u64);
            out.send(*n).await;
            out.send(*n).await;
        };
        sink n = numbers.count();
    };
}
