use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source names = ["a", "b"];
        stage shared = names.map(|name| Rc::new(name));
        sink count = shared.count();
    };
}
