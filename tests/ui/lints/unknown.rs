use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deny(missing_timeuot)]
        #![warn(dead_code, clippy::unwrap_used)]
        #![forbid(skipped_errors)]
        #![deny]
        source numbers = 0..3;
        sink n = numbers.count();
    };
}
