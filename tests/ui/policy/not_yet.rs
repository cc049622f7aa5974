use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[timeout(2s)]
        stage b = a.map(async |n| n + 1);
        #[rate(5, per = 1s)]
        stage c = b.map(|n| n + 1);
        sink n = c.count();
    };
}
