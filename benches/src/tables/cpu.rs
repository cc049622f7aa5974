//! The processor's time that a pipeline takes when there is little to do, and when there is nothing.

use std::time::Duration;

use pipeline_runtime::{Pipeline, pipeline};
use rustix::time::{ClockId, clock_gettime};
use tokio::sync::mpsc;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::latency;
use crate::hand::{self, CAPACITY};
use crate::runtime::Executor;
use crate::suite::Suite;
use crate::work::add;

pipeline! {
    fn four_stages(numbers: mpsc::Receiver<u64>) -> Pipeline<u64> {
        source numbers = numbers;
        stage second = numbers.map(|n| n);
        stage third = second.map(|n| n);
        sink sum = third.fold(0, add);
    }
}

async fn by_hand(numbers: mpsc::Receiver<u64>) -> u64 {
    let token = CancellationToken::new();
    let second = hand::stage(&token, numbers, Some);
    let third = hand::stage(&token, second, Some);
    hand::fold(&token, third, 0, add).await
}

/// What all threads of this process have taken.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

const IDLE: Duration = Duration::from_millis(500);

/// The microseconds taken in a second without items, by what `start` starts.
fn idle<F>(executor: &Executor, start: impl FnOnce(mpsc::Receiver<u64>) -> F) -> Vec<f64>
where
    F: Future<Output = u64> + Send + 'static,
{
    let (tx, numbers) = mpsc::channel(CAPACITY);
    let job = start(numbers);
    let taken = executor.run(async move {
        let job = tokio::spawn(job);
        // it has seen one item, and has had time to come to rest
        let sent = tx.send(7).await;
        sleep(IDLE / 10).await;
        let before = processor_time();
        sleep(IDLE).await;
        let taken = processor_time() - before;
        drop(tx);
        assert!(sent.is_ok() && job.await.is_ok_and(|sum| sum == 7), "the only item is lost");
        taken
    });
    vec![taken.as_secs_f64() * 1e6 / IDLE.as_secs_f64()]
}

/// The microseconds taken for each item.
fn each(ticks: u64, run: impl FnOnce() -> Vec<Duration>) -> Vec<f64> {
    let before = processor_time();
    let times = run();
    let taken = processor_time() - before;
    assert_eq!(times.len() as u64, ticks, "items are lost");
    vec![taken.as_secs_f64() * 1e6 / ticks as f64]
}

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    suite
        .table("cpu-idle", "The processor's time for four stages without items")
        .columns(&["µs per s"])
        .seldom(3)
        .measured("hand-written", |_| idle(executor, by_hand))
        .measured("pipeline!", |_| idle(executor, async |numbers| four_stages(numbers).run().await.unwrap_or_default()))
        .measured("one task", |_| idle(executor, async |mut numbers| numbers.recv().await.unwrap_or_default()))
        .limit("pipeline!", 0, 1_000.0)
        .run();
    suite
        .table("cpu-steady", "The processor's time for four stages, one item each millisecond")
        .items(1_000)
        .columns(&["µs per item"])
        .measured("hand-written", |ticks| each(ticks, || executor.run(latency::by_hand(ticks, 1))))
        .measured("pipeline!", |ticks| each(ticks, || executor.pipeline(latency::four_stages(ticks, 1))))
        .goal("pipeline!", 1.0 / 1.3, "hand-written")
        .run();
}
