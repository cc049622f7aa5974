//! A map on two cores: ordered, unordered, by key, and with some items much longer than the others.

use std::collections::HashMap;

use futures::{StreamExt, stream};
use pipeline_runtime::{Pipeline, pipeline};
use rayon::prelude::*;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::hand::{self, CAPACITY, until_cancelled};
use crate::runtime::{Executor, joined};
use crate::suite::Suite;
use crate::work::{Work, add, chain};

pipeline! {
    pub(super) fn ordered(n: u64, work: Work, workers: usize) -> Pipeline<u64> {
        source numbers = 0..n;
        #[workers(workers)]
        stage worked = numbers.map(|n| work.run(n));
        sink sum = worked.fold(0, chain);
    }
}

pipeline! {
    fn unordered(n: u64, work: Work) -> Pipeline<u64> {
        source numbers = 0..n;
        #[workers(2), unordered]
        stage worked = numbers.map(|n| work.run(n));
        sink sum = worked.fold(0, add);
    }
}

pipeline! {
    fn keyed(n: u64, work: Work) -> Pipeline<u64> {
        source numbers = 0..n;
        #[workers(2), keyed(|n| n % KEYS)]
        sink sums = numbers.fold(0, |sum, n| chain(sum, work.run(n)));
        sum_of_sums(sums)
    }
}

const KEYS: u64 = 64;

fn sum_of_sums(sums: HashMap<u64, u64>) -> u64 {
    sums.into_values().fold(0, add)
}

/// A channel for each worker, in turns.
pub(super) async fn lanes(n: u64, work: Work, workers: usize) -> u64 {
    let token = CancellationToken::new();
    let mut numbers = hand::source(&token, 0..n);
    let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
    for _ in 0..workers {
        let (tx, rx) = mpsc::channel(CAPACITY);
        inputs.push(tx);
        outputs.push(hand::stage(&token, rx, move |n| Some(work.run(n))));
    }
    let dealer = token.clone();
    tokio::spawn(async move {
        for lane in (0..workers).cycle() {
            let Some(Some(n)) = until_cancelled!(dealer, numbers.recv()) else { break };
            let Some(Ok(_)) = until_cancelled!(dealer, inputs[lane].send(n)) else { break };
        }
    });
    let sink = tokio::spawn(async move {
        let mut sum = 0;
        for lane in (0..workers).cycle() {
            let Some(Some(n)) = until_cancelled!(token, outputs[lane].recv()) else { break };
            sum = chain(sum, n);
        }
        sum
    });
    joined(sink).await
}

/// A task for each item, of which 64 wait to be taken in order.
async fn buffered(n: u64, work: Work) -> u64 {
    let tasks = stream::iter(0..n).map(|n| tokio::spawn(async move { work.run(n) }));
    tasks.buffered(64).fold(0, async |sum, n| chain(sum, n.unwrap_or_default())).await
}

/// Two workers at one channel.
async fn shared(n: u64, work: Work) -> u64 {
    let token = CancellationToken::new();
    let (numbers_tx, numbers) = async_channel::bounded(CAPACITY);
    let (worked_tx, worked) = mpsc::channel(CAPACITY);
    let source = token.clone();
    tokio::spawn(async move {
        for n in 0..n {
            let Some(Ok(_)) = until_cancelled!(source, numbers_tx.send(n)) else { break };
        }
    });
    for _ in 0..2 {
        let (numbers, worked, token) = (numbers.clone(), worked_tx.clone(), token.clone());
        tokio::spawn(async move {
            while let Some(Ok(n)) = until_cancelled!(token, numbers.recv()) {
                let Some(Ok(_)) = until_cancelled!(token, worked.send(work.run(n))) else { break };
            }
        });
    }
    drop(worked_tx);
    hand::fold(&token, worked, 0, add).await
}

/// A worker for each half of the keys.
async fn by_key(n: u64, work: Work) -> u64 {
    let token = CancellationToken::new();
    let mut numbers = hand::source(&token, 0..n);
    let (mut inputs, mut sinks) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        let (tx, rx) = mpsc::channel(CAPACITY);
        inputs.push(tx);
        let token = token.clone();
        sinks.push(tokio::spawn(async move {
            hand::fold(&token, rx, HashMap::new(), move |mut sums, n: u64| {
                let sum = sums.entry(n % KEYS).or_insert(0);
                *sum = chain(*sum, work.run(n));
                sums
            })
            .await
        }));
    }
    while let Some(Some(n)) = until_cancelled!(token, numbers.recv()) {
        let lane = (n % KEYS % 2) as usize;
        let Some(Ok(_)) = until_cancelled!(token, inputs[lane].send(n)) else { break };
    }
    drop(inputs);
    let mut sum = 0;
    for sink in sinks {
        sum = add(sum, sum_of_sums(joined(sink).await));
    }
    sum
}

/// What an ordered map comes to.
pub(super) fn one_by_one(n: u64, work: Work) -> u64 {
    (0..n).map(|n| work.run(n)).fold(0, chain)
}

fn rayon_ordered(n: u64, work: Work) -> u64 {
    let worked: Vec<u64> = (0..n).into_par_iter().map(|n| work.run(n)).collect();
    worked.into_iter().fold(0, chain)
}

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    let works = [
        ("67 ns", Work::nanos(67), 2_000_000),
        ("1 µs", Work::nanos(1_000), 150_000),
        ("10 µs", Work::nanos(10_000), 15_000),
        ("100 µs", Work::nanos(100_000), 1_500),
        ("1 µs, one in a hundred 50 µs", Work::nanos(1_000).skewed(), 100_000),
        ("100 µs, one in a hundred 5 ms", Work::nanos(100_000).skewed(), 1_000),
    ];
    let names =
        ["ordered-67ns", "ordered-1us", "ordered-10us", "ordered-100us", "ordered-skewed-1us", "ordered-skewed-100us"];
    for (name, (text, work, items)) in names.into_iter().zip(works) {
        suite
            .table(name, format!("Ordered map on two cores, {text} an item"))
            .items(items)
            .expect(move |n| one_by_one(n, work))
            .case("hand-written lanes", |n| executor.run(lanes(n, work, 2)))
            .case("`buffered` tasks", |n| executor.run(buffered(n, work)))
            .case("rayon", |n| rayon_ordered(n, work))
            .case("pipeline!, `#[workers(2)]`", |n| executor.pipeline(ordered(n, work, 2)))
            .goal("pipeline!, `#[workers(2)]`", 0.95, "rayon")
            .run();
    }
    for (name, (text, work, items)) in ["unordered-67ns", "unordered-1us", "unordered-10us"].into_iter().zip(works) {
        suite
            .table(name, format!("Unordered map on two cores, {text} an item"))
            .items(items)
            .expect(move |n| (0..n).map(|n| work.run(n)).fold(0, add))
            .case("hand-written, shared channel", |n| executor.run(shared(n, work)))
            .case("rayon", |n| (0..n).into_par_iter().map(|n| work.run(n)).reduce(|| 0, add))
            .case("pipeline!, `#[workers(2), unordered]`", |n| executor.pipeline(unordered(n, work)))
            .run();
    }
    for (name, (text, work, items)) in ["keyed-67ns", "keyed-1us"].into_iter().zip(works) {
        suite
            .table(name, format!("A fold per key on two cores, {text} an item, {KEYS} keys"))
            .items(items)
            .case("hand-written, a channel a worker", |n| executor.run(by_key(n, work)))
            .case("pipeline!, `#[workers(2), keyed]`", |n| executor.pipeline(keyed(n, work)))
            .run();
    }
}
