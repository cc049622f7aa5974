use std::fmt;
use std::rc::Rc;

use pipeline_runtime::pipeline;

#[derive(Debug)]
struct Shared(Rc<str>);

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Shared {}

fn main() {
    let _ = pipeline! {
        #![error(Shared)]
        source numbers = 0..3;
        stage more = numbers.map(|n| if n == 2 { Err(Shared("two".into()))? } else { n });
        sink n = more.count();
    };
}
