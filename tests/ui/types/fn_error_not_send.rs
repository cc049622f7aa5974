use std::fmt;
use std::rc::Rc;

use pipeline_runtime::{Pipeline, pipeline};

#[derive(Debug)]
struct Shared(Rc<str>);

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Shared {}

pipeline! {
    fn counted() -> Pipeline<u64, Shared> {
        source numbers = 0..3;
        #[workers(2)]
        stage more = numbers.map(|n| n + 1);
        sink n = more.count();
    }
}

fn main() {}
