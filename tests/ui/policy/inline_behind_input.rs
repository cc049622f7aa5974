use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a: u64 = input;
        #[inline]
        stage b = a.map(|n| n + 1);
        sink n = b.count();
    };
}
