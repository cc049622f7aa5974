use pipeline_runtime::pipeline;

fn main() {
    let offsets = vec![1, 2];
    let _ = pipeline! {
        source numbers = 0..3;
        stage more = numbers.filter(|n| offsets.contains(n));
        sink n = more.fold(offsets.len(), |sum, _| sum + 1);
    };
}
