//! Ten thousand pipelines at once: start, 100 items each, end.

use pipeline_runtime::{Pipeline, pipeline};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::hand;
use crate::runtime::Executor;
use crate::suite::Suite;
use crate::work::{add, keep, mix};

const ITEMS: u64 = 100;

pipeline! {
    pub(super) fn stages() -> Pipeline<u64> {
        source numbers = 0..ITEMS;
        stage mixed = numbers.map(mix);
        stage kept = mixed.filter(keep);
        sink sum = kept.fold(0, add);
    }
}

pipeline! {
    fn inline() -> Pipeline<u64> {
        #![inline]
        source numbers = 0..ITEMS;
        stage mixed = numbers.map(mix);
        stage kept = mixed.filter(keep);
        sink sum = kept.fold(0, add);
    }
}

/// A child of one token for each pipeline.
async fn by_hand(token: CancellationToken) -> u64 {
    let numbers = hand::source(&token, 0..ITEMS);
    let mixed = hand::stage(&token, numbers, |n| Some(mix(n)));
    let kept = hand::stage(&token, mixed, |n| keep(&n).then_some(n));
    hand::fold(&token, kept, 0, add).await
}

/// All tasks' sums.
async fn sum(mut tasks: JoinSet<u64>) -> u64 {
    let mut sum = 0;
    while let Some(Ok(own)) = tasks.join_next().await {
        sum = add(sum, own);
    }
    sum
}

pub(super) async fn pipelines(n: u64, pipeline: fn() -> Pipeline<u64>) -> u64 {
    let mut tasks = JoinSet::new();
    for _ in 0..n {
        tasks.spawn(async move { pipeline().run().await.unwrap_or_default() });
    }
    sum(tasks).await
}

pub(super) async fn hands(n: u64) -> u64 {
    let (mut tasks, token) = (JoinSet::new(), CancellationToken::new());
    for _ in 0..n {
        tasks.spawn(by_hand(token.child_token()));
    }
    sum(tasks).await
}

/// The checksum of `n` pipelines.
pub(super) fn expected(n: u64) -> u64 {
    let one: u64 = (0..ITEMS).map(mix).filter(keep).fold(0, add);
    one.wrapping_mul(n)
}

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    suite
        .table("many", "Pipelines of four stages and 100 items, all at once (ns per pipeline)")
        .items(10_000)
        .expect(expected)
        .case("hand-written, a child token each", |n| executor.run(hands(n)))
        .case("pipeline!", |n| executor.run(pipelines(n, stages)))
        .case("pipeline!, `#![inline]`", |n| executor.run(pipelines(n, inline)))
        .goal("pipeline!", 1.0, "hand-written, a child token each")
        .goal("pipeline!, `#![inline]`", 15.0, "hand-written, a child token each")
        .run();
}
