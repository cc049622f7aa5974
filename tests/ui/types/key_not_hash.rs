use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = [1.5, 2.5];
        #[keyed(|n| *n)]
        sink n = numbers.last();
    };
}
