use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage (b, c): (u8, u8) = a.tee();
        sink n = b.count();
        sink m = c.count();
    };
}
