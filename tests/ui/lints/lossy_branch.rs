use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deny(lossy_branch)]
        source a = 0..3;
        stage (b, #[lossy(drop_oldest)] c) = a.tee();
        sink n = b.count();
        sink m = c.count();
    };
}
