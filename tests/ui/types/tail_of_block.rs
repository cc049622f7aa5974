use pipeline_runtime::{Pipeline, pipeline};

fn main() {
    let _: Pipeline<String> = pipeline! {
        source numbers = 0..3u64;
        sink n = numbers.count();
        n
    };
}
