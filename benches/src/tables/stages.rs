//! Source, map, filter, fold: a task each, and in one.

use futures::{StreamExt, future, stream};
use pipeline_runtime::{Pipeline, pipeline};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::hand::{self, CAPACITY};
use crate::runtime::{Executor, joined};
use crate::suite::Suite;
use crate::work::{add, draw, keep, mix};

pipeline! {
    pub(super) fn a_task_each(n: u64) -> Pipeline<u64> {
        source numbers = (0..n).map(draw);
        stage mixed = numbers.map(mix);
        stage kept = mixed.filter(keep);
        sink sum = kept.fold(0, add);
    }
}

pipeline! {
    fn one_statement(n: u64) -> Pipeline<u64> {
        source numbers = (0..n).map(draw);
        sink sum = numbers.map(mix).filter(keep).fold(0, add);
    }
}

pipeline! {
    fn inline(n: u64) -> Pipeline<u64> {
        #![inline]
        source numbers = (0..n).map(draw);
        stage mixed = numbers.map(mix);
        stage kept = mixed.filter(keep);
        sink sum = kept.fold(0, add);
    }
}

pipeline! {
    fn async_bodies(n: u64) -> Pipeline<u64> {
        source numbers = (0..n).map(draw);
        sink sum = numbers
            .map(async |n| mix(n))
            .filter(async |n| keep(n))
            .fold(0, async |sum, n| add(sum, n));
    }
}

pub(super) fn fused(n: u64) -> u64 {
    (0..n).map(draw).map(mix).filter(keep).fold(0, add)
}

pub(super) async fn by_hand(n: u64) -> u64 {
    let token = CancellationToken::new();
    let numbers = hand::source(&token, (0..n).map(draw));
    let mixed = hand::stage(&token, numbers, |n| Some(mix(n)));
    let kept = hand::stage(&token, mixed, |n| keep(&n).then_some(n));
    hand::fold(&token, kept, 0, add).await
}

/// The careful one: cancellation around the loops.
async fn cancelled_outside(n: u64) -> u64 {
    let token = CancellationToken::new();
    let spawn = |stage| {
        let token = token.child_token();
        tokio::spawn(async move { token.run_until_cancelled_owned(stage).await })
    };
    let (numbers_tx, mut numbers) = mpsc::channel(CAPACITY);
    let (mixed_tx, mut mixed) = mpsc::channel(CAPACITY);
    let (kept_tx, mut kept) = mpsc::channel(CAPACITY);
    let stages: [future::BoxFuture<'static, u64>; 4] = [
        Box::pin(async move {
            for n in (0..n).map(draw) {
                if numbers_tx.send(n).await.is_err() {
                    break;
                }
            }
            0
        }),
        Box::pin(async move {
            while let Some(n) = numbers.recv().await {
                if mixed_tx.send(mix(n)).await.is_err() {
                    break;
                }
            }
            0
        }),
        Box::pin(async move {
            while let Some(n) = mixed.recv().await {
                if keep(&n) && kept_tx.send(n).await.is_err() {
                    break;
                }
            }
            0
        }),
        Box::pin(async move {
            let mut sum = 0;
            while let Some(n) = kept.recv().await {
                sum = add(sum, n);
            }
            sum
        }),
    ];
    let mut sum = 0;
    for stage in stages.map(spawn) {
        sum = joined(stage).await.unwrap_or_default();
    }
    sum
}

async fn crossfire(n: u64) -> u64 {
    use crossfire::spsc::bounded_async;
    let (numbers_tx, numbers) = bounded_async(CAPACITY);
    let (mixed_tx, mixed) = bounded_async(CAPACITY);
    let (kept_tx, kept) = bounded_async(CAPACITY);
    tokio::spawn(async move {
        for n in (0..n).map(draw) {
            if numbers_tx.send(n).await.is_err() {
                break;
            }
        }
    });
    tokio::spawn(async move {
        while let Ok(n) = numbers.recv().await {
            if mixed_tx.send(mix(n)).await.is_err() {
                break;
            }
        }
    });
    tokio::spawn(async move {
        while let Ok(n) = mixed.recv().await {
            if keep(&n) && kept_tx.send(n).await.is_err() {
                break;
            }
        }
    });
    let sink = tokio::spawn(async move {
        let mut sum = 0;
        while let Ok(n) = kept.recv().await {
            sum = add(sum, n);
        }
        sum
    });
    joined(sink).await
}

const GO: &str = "Go, a goroutine each";

/// Combinators that can be cancelled.
async fn combinators(n: u64) -> u64 {
    let token = CancellationToken::new();
    stream::iter((0..n).map(draw))
        .map(mix)
        .filter(|n| future::ready(keep(n)))
        .take_until(token.cancelled_owned())
        .fold(0, |sum, n| future::ready(add(sum, n)))
        .await
}

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    let name = if executor.name == "multi-thread" { "stages" } else { "stages-current" };
    let go = suite.go(name, GO);
    let mut table = suite
        .table(name, format!("Source, map, filter, fold, {}", executor.name))
        .items(8_000_000)
        .expect(fused)
        .slow_case("hand-written", 0.05, |n| executor.run(by_hand(n)))
        .slow_case("tokio, cancelled outside", 0.05, |n| executor.run(cancelled_outside(n)))
        .slow_case("crossfire, a task each", 0.1, |n| executor.run(crossfire(n)))
        .case("pipeline!, a task each", |n| executor.pipeline(a_task_each(n)))
        .case("futures, `take_until`", |n| executor.run(combinators(n)))
        .case("pipeline!, one statement", |n| executor.pipeline(one_statement(n)))
        .case("pipeline!, `#![inline]`", |n| executor.pipeline(inline(n)))
        .case("pipeline!, async bodies", |n| executor.pipeline(async_bodies(n)))
        .case("a loop", fused)
        .goal("pipeline!, a task each", 45.0, "hand-written")
        .goal("pipeline!, a task each", 5.0, "crossfire, a task each")
        .goal("pipeline!, one statement", 5.0, "futures, `take_until`")
        .goal("pipeline!, a task each", 35.0, GO)
        .goal("pipeline!, one statement", 1.0 / 1.4, "a loop");
    // its own runtime, with as many threads as cores
    if let (Some(go), "multi-thread") = (go, executor.name) {
        table = table.measured(GO, move |n| go.run("stages", CAPACITY, n / 20 + 1, fused(n / 20 + 1)));
    }
    table.run();
}
