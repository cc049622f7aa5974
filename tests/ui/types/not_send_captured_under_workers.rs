use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let one = Rc::new(1);
    let _ = pipeline! {
        source numbers = 0..3;
        #[workers(2)]
        stage more = numbers.map(|n| n + *one);
        sink n = more.count();
    };

    let words = Rc::new(vec!["none", "one", "two"]);
    let _ = pipeline! {
        source numbers = 0..3usize;
        #[workers(2)]
        stage lengths = numbers.map(async |n| words[n].len() + words.len());
        sink n = lengths.count();
    };
}
