use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        sink n = a.dedup_by_key(|n| n / 2).count();
    };
}
