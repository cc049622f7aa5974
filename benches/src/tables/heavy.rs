//! Two stages that each keep a core busy: whether both cores are used.

use pipeline_runtime::{Pipeline, pipeline};
use tokio_util::sync::CancellationToken;

use crate::hand::{self, CAPACITY};
use crate::runtime::{Executor, joined};
use crate::suite::Suite;
use crate::work::{Work, chain};

pipeline! {
    fn two_stages(n: u64, work: Work) -> Pipeline<u64> {
        source numbers = 0..n;
        stage once = numbers.map(|n| work.run(n));
        sink sum = once.fold(0, |sum, n| chain(sum, work.run(n)));
    }
}

async fn by_hand(n: u64, work: Work) -> u64 {
    let token = CancellationToken::new();
    let numbers = hand::source(&token, 0..n);
    let once = hand::stage(&token, numbers, move |n| Some(work.run(n)));
    hand::fold(&token, once, 0, move |sum, n| chain(sum, work.run(n))).await
}

async fn crossfire(n: u64, work: Work) -> u64 {
    let (numbers_tx, numbers) = crossfire::spsc::bounded_async(CAPACITY);
    let (once_tx, once) = crossfire::spsc::bounded_async(CAPACITY);
    tokio::spawn(async move {
        for n in 0..n {
            if numbers_tx.send(n).await.is_err() {
                break;
            }
        }
    });
    tokio::spawn(async move {
        while let Ok(n) = numbers.recv().await {
            if once_tx.send(work.run(n)).await.is_err() {
                break;
            }
        }
    });
    let sink = tokio::spawn(async move {
        let mut sum = 0;
        while let Ok(n) = once.recv().await {
            sum = chain(sum, work.run(n));
        }
        sum
    });
    joined(sink).await
}

fn on_one_core(n: u64, work: Work) -> u64 {
    (0..n).map(|n| work.run(n)).fold(0, |sum, n| chain(sum, work.run(n)))
}

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    for (name, nanos, items) in
        [("heavy-67ns", 67, 2_000_000), ("heavy-1us", 1_000, 150_000), ("heavy-10us", 10_000, 15_000)]
    {
        let work = Work::nanos(nanos);
        let table = suite
            .table(name, format!("Two serial stages of {nanos} ns an item, on two cores"))
            .items(items)
            .case("one of the stages alone: the ideal", |n| (0..n).map(|n| work.run(n)).fold(0, chain))
            .case("both in one loop", |n| on_one_core(n, work))
            .case("hand-written", |n| executor.run(by_hand(n, work)))
            .case("crossfire", |n| executor.run(crossfire(n, work)))
            .case("pipeline!", |n| executor.pipeline(two_stages(n, work)));
        match nanos {
            67 => table.run(),
            _ => table.goal("pipeline!", 0.9, "one of the stages alone: the ideal").run(),
        }
    }
}
