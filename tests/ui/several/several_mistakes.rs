use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[workers(0)]
        stage b = a.mpa(|n| n + 1);
        stage c = x.map(|n| n + 1);
        sink n = b.count();
        sink m = c.count();
    };
}
