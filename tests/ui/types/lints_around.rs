//! Lints of the code around speak of what the user has written, and at no other place.

#![deny(warnings)]

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source n = 0..3u64;
        stage m = n.map(|n| { n.max(1); n });
        stage o = m.map(|n| { let mut twice = n * 2; twice });
        sink total = o.count();
    };
}
