//! Two producers into one consumer, and one producer to two.

use pipeline_runtime::{Pipeline, pipeline};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::hand::{self, CAPACITY, until_cancelled};
use crate::runtime::{Executor, joined};
use crate::suite::Suite;
use crate::work::add;

pipeline! {
    fn fan_in(n: u64) -> Pipeline<u64> {
        source odd = (0..n).filter(|n| n % 2 == 1);
        source even = (0..n).filter(|n| n % 2 == 0);
        sink sum = merge(odd, even).fold(0, add);
    }
}

pipeline! {
    fn fan_out(n: u64) -> Pipeline<u64> {
        source numbers = 0..n;
        stage (odd, even) = numbers.route(|n| match n % 2 {
            1 => odd(n),
            _ => even(n),
        });
        sink sum_of_odd = odd.fold(0, add);
        sink sum_of_even = even.fold(0, add);
        add(sum_of_odd, sum_of_even)
    }
}

pipeline! {
    fn to_all(n: u64) -> Pipeline<u64> {
        source numbers = 0..n;
        stage (left, right) = numbers.tee();
        sink sum_of_left = left.fold(0, add);
        sink sum_of_right = right.fold(0, add);
        add(sum_of_left, sum_of_right)
    }
}

async fn in_by_hand(n: u64) -> u64 {
    let token = CancellationToken::new();
    let (tx, rx) = mpsc::channel(CAPACITY);
    for part in 0..2 {
        let (tx, token) = (tx.clone(), token.clone());
        tokio::spawn(async move {
            for n in (0..n).filter(|n| n % 2 == part) {
                let Some(Ok(_)) = until_cancelled!(token, tx.send(n)) else { break };
            }
        });
    }
    drop(tx);
    hand::fold(&token, rx, 0, add).await
}

async fn in_over_crossfire(n: u64) -> u64 {
    let (tx, rx) = crossfire::mpsc::bounded_async(CAPACITY);
    for part in 0..2 {
        let tx = tx.clone();
        tokio::spawn(async move {
            for n in (0..n).filter(|n| n % 2 == part) {
                if tx.send(n).await.is_err() {
                    break;
                }
            }
        });
    }
    drop(tx);
    let sink = tokio::spawn(async move {
        let mut sum = 0;
        while let Ok(n) = rx.recv().await {
            sum = add(sum, n);
        }
        sum
    });
    joined(sink).await
}

/// One task gives each item to one channel, or to both.
async fn out_by_hand(n: u64, to_all: bool) -> u64 {
    let token = CancellationToken::new();
    let ((even_tx, even), (odd_tx, odd)) = (mpsc::channel(CAPACITY), mpsc::channel(CAPACITY));
    let source = token.clone();
    tokio::spawn(async move {
        for n in 0..n {
            let is_odd = n % 2 == 1;
            if (to_all || !is_odd) && !matches!(until_cancelled!(source, even_tx.send(n)), Some(Ok(()))) {
                break;
            }
            if (to_all || is_odd) && !matches!(until_cancelled!(source, odd_tx.send(n)), Some(Ok(()))) {
                break;
            }
        }
    });
    let sums = tokio::join!(hand::fold(&token, even, 0, add), hand::fold(&token, odd, 0, add));
    add(sums.0, sums.1)
}

fn sum(n: u64) -> u64 {
    (0..n).fold(0, add)
}

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    suite
        .table("fan-in", "Two sources into one sink")
        .items(4_000_000)
        .expect(sum)
        .slow_case("hand-written", 0.2, |n| executor.run(in_by_hand(n)))
        .slow_case("crossfire mpsc", 0.2, |n| executor.run(in_over_crossfire(n)))
        .case("pipeline!, `merge`", |n| executor.pipeline(fan_in(n)))
        .run();
    suite
        .table("fan-out", "One source, each item to one of two sinks")
        .items(4_000_000)
        .expect(sum)
        .slow_case("hand-written", 0.2, |n| executor.run(out_by_hand(n, false)))
        .case("pipeline!, `route`", |n| executor.pipeline(fan_out(n)))
        .run();
    suite
        .table("tee", "One source, each item to both of two sinks")
        .items(4_000_000)
        .expect(|n| sum(n).wrapping_mul(2))
        .slow_case("hand-written", 0.2, |n| executor.run(out_by_hand(n, true)))
        .case("pipeline!, `tee`", |n| executor.pipeline(to_all(n)))
        .run();
}
