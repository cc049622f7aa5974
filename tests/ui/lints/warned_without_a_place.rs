// A warning is the use of something deprecated, so this makes it an error.
#![deny(deprecated)]

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![warn(missing_drain)]
        source a = 0..3;
        sink n = a.count();
    };
}
