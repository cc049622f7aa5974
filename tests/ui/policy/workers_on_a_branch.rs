use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage (b, #[workers(2)] c) = a.tee();
        sink n = b.count();
        sink m = c.count();
    };
}
