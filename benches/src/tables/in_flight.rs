//! 64 async bodies at once, each of which waits once.

use futures::{StreamExt, stream};
use pipeline_runtime::{Pipeline, pipeline};
use tokio::task::JoinSet;

use crate::runtime::{Executor, joined};
use crate::suite::Suite;
use crate::work::{add, chain, mix};

const AT_ONCE: usize = 64;

pipeline! {
    fn ordered(n: u64) -> Pipeline<u64> {
        source numbers = 0..n;
        #[in_flight(AT_ONCE)]
        stage mixed = numbers.map(async |n| after_a_yield(n).await);
        sink sum = mixed.fold(0, chain);
    }
}

pipeline! {
    fn unordered(n: u64) -> Pipeline<u64> {
        source numbers = 0..n;
        #[in_flight(AT_ONCE), unordered]
        stage mixed = numbers.map(async |n| after_a_yield(n).await);
        sink sum = mixed.fold(0, add);
    }
}

async fn after_a_yield(n: u64) -> u64 {
    tokio::task::yield_now().await;
    mix(n)
}

/// A task for each item, at most 64 of them.
async fn join_set(n: u64) -> u64 {
    let (mut tasks, mut sum) = (JoinSet::new(), 0);
    for n in 0..n {
        if tasks.len() == AT_ONCE
            && let Some(Ok(n)) = tasks.join_next().await
        {
            sum = add(sum, n);
        }
        tasks.spawn(after_a_yield(n));
    }
    while let Some(Ok(n)) = tasks.join_next().await {
        sum = add(sum, n);
    }
    sum
}

/// 64 tasks, each with a channel of its own, in turns.
async fn tasks(n: u64) -> u64 {
    let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
    for _ in 0..AT_ONCE {
        let (input, mut numbers) = tokio::sync::mpsc::channel(4);
        let (mixed, output) = tokio::sync::mpsc::channel(4);
        inputs.push(input);
        outputs.push(output);
        tokio::spawn(async move {
            while let Some(n) = numbers.recv().await {
                if mixed.send(after_a_yield(n).await).await.is_err() {
                    break;
                }
            }
        });
    }
    tokio::spawn(async move {
        for n in 0..n {
            if inputs[n as usize % AT_ONCE].send(n).await.is_err() {
                break;
            }
        }
    });
    let sink = tokio::spawn(async move {
        let mut sum = 0;
        for lane in (0..AT_ONCE).cycle() {
            let Some(n) = outputs[lane].recv().await else { break };
            sum = chain(sum, n);
        }
        sum
    });
    joined(sink).await
}

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    suite
        .table("in-flight", format!("{AT_ONCE} bodies at once, in order, each yields once"))
        .items(1_000_000)
        .expect(|n| (0..n).map(mix).fold(0, chain))
        .slow_case("64 tasks", 0.5, |n| executor.run(tasks(n)))
        .slow_case("futures, `buffered`", 0.5, |n| {
            executor.run(async move {
                stream::iter(0..n).map(after_a_yield).buffered(AT_ONCE).fold(0, async |sum, n| chain(sum, n)).await
            })
        })
        .case("pipeline!, `#[in_flight(64)]`", |n| executor.pipeline(ordered(n)))
        .goal("pipeline!, `#[in_flight(64)]`", 4.0, "64 tasks")
        .goal("pipeline!, `#[in_flight(64)]`", 2.0, "futures, `buffered`")
        .run();
    suite
        .table("in-flight-unordered", format!("{AT_ONCE} bodies at once, in any order, each yields once"))
        .items(1_000_000)
        .expect(|n| (0..n).map(mix).fold(0, add))
        .slow_case("`JoinSet`", 0.5, |n| executor.run(join_set(n)))
        .slow_case("futures, `buffer_unordered`", 0.5, |n| {
            executor.run(async move {
                let mixed = stream::iter(0..n).map(after_a_yield).buffer_unordered(AT_ONCE);
                mixed.fold(0, async |sum, n| add(sum, n)).await
            })
        })
        .case("pipeline!, `#[in_flight(64), unordered]`", |n| executor.pipeline(unordered(n)))
        .run();
}
