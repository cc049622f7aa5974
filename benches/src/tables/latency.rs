//! How long an item takes through four stages: at a steady rate, and in bursts.

use std::time::{Duration, Instant};

use pipeline_runtime::{Output, Pipeline, pipeline};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use crate::hand::{self, CAPACITY, until_cancelled};
use crate::runtime::Executor;
use crate::suite::Suite;
use crate::table::percentiles;

pipeline! {
    pub(super) fn four_stages(ticks: u64, burst: u64) -> Pipeline<Vec<Duration>> {
        source sent = async |mut out: Output<Instant>| {
            let mut clock = clock();
            for _ in 0..ticks {
                clock.tick().await;
                for _ in 0..burst {
                    out.send(Instant::now()).await;
                }
            }
        };
        stage second = sent.map(|sent| sent);
        stage third = second.map(|sent| sent);
        sink times = third.map(|sent| sent.elapsed()).collect::<Vec<_>>();
    }
}

/// Ticks each millisecond.
fn clock() -> tokio::time::Interval {
    let mut clock = tokio::time::interval(Duration::from_millis(1));
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    clock
}

pub(super) async fn by_hand(ticks: u64, burst: u64) -> Vec<Duration> {
    let token = CancellationToken::new();
    let (tx, sent) = tokio::sync::mpsc::channel(CAPACITY);
    let source = token.clone();
    tokio::spawn(async move {
        let mut clock = clock();
        for _ in 0..ticks {
            clock.tick().await;
            for _ in 0..burst {
                let Some(Ok(_)) = until_cancelled!(source, tx.send(Instant::now())) else { return };
            }
        }
    });
    let second = hand::stage(&token, sent, Some);
    let third = hand::stage(&token, second, Some);
    let gather = |mut times: Vec<Duration>, sent: Instant| {
        times.push(sent.elapsed());
        times
    };
    hand::fold(&token, third, Vec::new(), gather).await
}

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    for (name, burst, title, least) in [
        ("latency-steady", 1, "Time through four stages, one item each millisecond", 1.0),
        ("latency-bursts", 100, "Time through four stages, 100 items at once each millisecond", 8.0),
    ] {
        suite
            .table(name, title)
            .items(1_000)
            .columns(&["P99, µs", "P50, µs"])
            .measured("hand-written", |ticks| percentiles(executor.run(by_hand(ticks, burst))))
            .measured("pipeline!", |ticks| percentiles(executor.pipeline(four_stages(ticks, burst))))
            .goal("pipeline!", least, "hand-written")
            .run();
    }
}
