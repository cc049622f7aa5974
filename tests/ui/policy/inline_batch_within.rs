use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[inline]
        stage b = a.batch(3, 1s);
        sink n = b.count();
    };
}
