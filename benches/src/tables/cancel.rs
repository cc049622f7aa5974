//! From the cancel of a busy pipeline of four stages with eight workers each to its end.

use std::time::{Duration, Instant};

use pipeline_runtime::{Pipeline, pipeline};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::hand::{CAPACITY, until_cancelled};
use crate::runtime::Executor;
use crate::suite::Suite;
use crate::table::percentiles;
use crate::work::Work;

const WORKERS: usize = 8;

pipeline! {
    fn endless(work: Work) -> Pipeline<u64> {
        source numbers = 0..u64::MAX;
        #[workers(WORKERS), unordered]
        stage first = numbers.map(|n| work.run(n));
        #[workers(WORKERS), unordered]
        stage second = first.map(|n| work.run(n));
        #[workers(WORKERS), unordered]
        stage third = second.map(|n| work.run(n));
        #[workers(WORKERS), unordered]
        stage fourth = third.map(|n| work.run(n));
        sink n = fourth.count();
    }
}

fn by_hand(token: &CancellationToken, work: Work) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    let (tx, mut last) = async_channel::bounded(CAPACITY);
    let source = token.clone();
    tasks.spawn(async move {
        for n in 0..u64::MAX {
            let Some(Ok(_)) = until_cancelled!(source, tx.send(n)) else { break };
        }
    });
    for _ in 0..4 {
        let (tx, rx) = async_channel::bounded(CAPACITY);
        for _ in 0..WORKERS {
            let (input, output, token) = (last.clone(), tx.clone(), token.clone());
            tasks.spawn(async move {
                while let Some(Ok(n)) = until_cancelled!(token, input.recv()) {
                    let Some(Ok(_)) = until_cancelled!(token, output.send(work.run(n))) else { break };
                }
            });
        }
        last = rx;
    }
    let token = token.clone();
    tasks.spawn(async move { while let Some(Ok(_)) = until_cancelled!(token, last.recv()) {} });
    tasks
}

/// Enough to be in the midst of it.
const BUSY: Duration = Duration::from_millis(5);

async fn cancel_by_hand(times: u64, work: Work) -> Vec<Duration> {
    let mut taken = Vec::new();
    for _ in 0..times {
        let token = CancellationToken::new();
        let mut tasks = by_hand(&token, work);
        tokio::time::sleep(BUSY).await;
        let start = Instant::now();
        token.cancel();
        while tasks.join_next().await.is_some() {}
        taken.push(start.elapsed());
    }
    taken
}

async fn cancel_pipeline(times: u64, work: Work) -> Vec<Duration> {
    let mut taken = Vec::new();
    for _ in 0..times {
        let running = endless(work).spawn();
        tokio::time::sleep(BUSY).await;
        let start = Instant::now();
        running.cancel();
        let _ = running.wait().await;
        taken.push(start.elapsed());
    }
    taken
}

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    for (name, nanos) in [("cancel-0us", 1), ("cancel-1us", 1_000), ("cancel-20us", 20_000)] {
        let work = Work::nanos(nanos);
        suite
            .table(name, format!("Cancel to joined: four stages of eight workers, {nanos} ns an item"))
            .items(200)
            .columns(&["P99, µs", "P50, µs"])
            .measured("hand-written", |times| percentiles(executor.run(cancel_by_hand(times, work))))
            .measured("pipeline!", |times| percentiles(executor.run(cancel_pipeline(times, work))))
            .run();
    }
}
