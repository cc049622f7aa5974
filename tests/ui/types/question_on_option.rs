use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage less = numbers.map(|n| n.checked_sub(1)?);
        sink n = less.count();
    };
}
