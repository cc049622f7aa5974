// A warning is the use of something deprecated, so this makes it an error.
#![deny(deprecated)]

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage b = a.map(async |n| {
            std::thread::sleep(std::time::Duration::from_secs(n));
            n
        });
        sink n = b.count();
    };
}
