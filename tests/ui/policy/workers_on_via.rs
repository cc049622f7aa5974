use std::convert::Infallible;

use pipeline_runtime::{Flow, pipeline};

pipeline! {
    fn doubled() -> Flow<u64, u64, Infallible> {
        source n = input;
        sink out = n.map(|n| 2 * n).output();
    }
}

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[workers(2)]
        stage b = a.via(doubled());
        sink n = b.count();
    };
}
