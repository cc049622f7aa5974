use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        sink n = a.map(u64::from(3u8)).count();
    };
}
