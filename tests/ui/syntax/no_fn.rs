#![deny(warnings)]

use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    count(lines: Vec<String>) -> Pipeline<u64> {
        source lines = lines;
        sink n = lines.count();
    }
}

fn main() {
    let _ = count(vec!["a".to_owned()]);
}
