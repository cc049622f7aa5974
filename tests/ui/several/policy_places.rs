use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![workers(4)]
        #[in_flight(8)]
        source a = 0..3;
        #[deadline(3s)]
        stage (b, #[buffer(2)] c) = a.tee();
        #[lossy(drop_oldest)]
        stage d = b.map(|n| n + 1);
        #[buffer(8)]
        sink n = d.count();
        sink m = c.count();
    };
}
