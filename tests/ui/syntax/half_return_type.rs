#![deny(warnings)]

use pipeline_runtime::pipeline;

pipeline! {
    fn count(lines: Vec<String>) -> Pipeline<> {
        source lines = lines;
        sink n = lines.count();
    }
}

fn main() {
    let counted = count(vec!["a".to_owned()]);
    let _ = async { counted.run().await.is_ok_and(|n| n > 1) };
}
