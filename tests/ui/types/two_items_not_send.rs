use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3;
        stage counted = numbers.map(|n| Rc::new(n));
        stage large = counted.filter(|n| **n > 1).enumerate();
        stage plain = large.map(|(_, n)| *n);
        stage pointers = plain.map(|n| &raw const n);
        sink n = pointers.count();
    };
}
