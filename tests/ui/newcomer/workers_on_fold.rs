use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source lines = [1, 2];
        #[workers(4)]
        sink total = lines.fold(0, |sum, n| sum + n);
    };
}
