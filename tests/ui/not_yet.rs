use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[timeout(2s)]
        stage b = a.map(async |n| n + 1);
        stage c = b.window(count = 3, 0, |s, n| s + n);
        sink n = c.count();
    };
}
