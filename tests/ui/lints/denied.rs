use pipeline_runtime::{BoxError, Pipeline, pipeline};

pipeline! {
    fn load(lines: Vec<String>) -> Pipeline<(u64, u64), BoxError> {
        #![deny(skipped_errors, lossy_branch, unordered_output, reason = "nothing may be lost")]
        #![deny(large_buffer, missing_drain), deny(missing_timeout)]
        #![buffer(100_000)]
        source lines = lines;
        #[on_error(skip), workers(4), unordered, buffer(70_000)]
        stage numbers = lines.map(|line| line.parse::<u64>()?);
        stage (all, #[lossy(drop_oldest)] some) = numbers.tee();
        sink sent = all.for_each(async |n| send(n).await);
        sink seen = some.count();
        (sent, seen)
    }
}

async fn send(_: u64) {}

fn main() {
    let _ = load(Vec::new());
}
