//! States of keys that are dropped when nothing has come of their key.

use std::time::Duration;

use pipeline_runtime::{Cause, pipeline};
use tokio::sync::mpsc::{Sender, channel};
use tokio::time::{Instant, sleep_until};

use crate::support::*;

fn millis(n: u64) -> Duration {
    Duration::from_millis(n)
}

async fn feed(tx: &Sender<u64>, since: Instant, items: &[(u64, u64)]) {
    for &(time, item) in items {
        sleep_until(since + millis(time)).await;
        tx.send(item).await.unwrap();
    }
}

/// An item that comes `idle` or more after the last one of its key sees a fresh state, an instant before it does not.
#[test]
fn to_the_instant() {
    paused(|live| async move {
        for workers in [0usize, 3] {
            let (tx, rx) = channel::<u64>(8);
            let running = if workers == 0 {
                pipeline! {
                    source a = rx;
                    #[keyed(|n| n % 10, idle = 1s)]
                    stage b = a.enumerate();
                    sink s = b.collect::<Vec<_>>();
                }
                .spawn()
            } else {
                pipeline! {
                    source a = rx;
                    #[workers(workers), keyed(|n| n % 10, idle = millis(1000))]
                    stage b = a.enumerate();
                    sink s = b.collect::<Vec<_>>();
                }
                .spawn()
            };
            let items = [(0, 1), (999, 11), (1500, 2), (1998, 21), (2998, 31), (3997, 41), (5000, 51), (5001, 2)];
            feed(&tx, Instant::now(), &items).await;
            drop(tx);
            let out = live.wait(running).await.result.unwrap();
            assert_eq!(out, [(0, 1), (1, 11), (0, 2), (2, 21), (0, 31), (1, 41), (0, 51), (0, 2)], "{workers}");
        }
    });
}

/// The state is dropped when the time has come, though nothing comes any more, with whatever it holds.
#[test]
fn the_memory_is_given_back() {
    paused(|live| async move {
        for workers in [0usize, 3] {
            let (tx, rx) = channel::<u64>(8);
            let held = live.clone();
            let guards = move || Some(held.guard());
            let running = if workers == 0 {
                pipeline! {
                    source a = rx;
                    #[keyed(|n| *n, idle = 1s)]
                    stage b = a.scan(guards(), |guard, n| (guard.is_some(), n));
                    sink s = b.count();
                }
                .spawn()
            } else {
                pipeline! {
                    source a = rx;
                    #[workers(workers), keyed(|n| *n, idle = 1s)]
                    stage b = a.scan(guards(), |guard, n| (guard.is_some(), n));
                    sink s = b.count();
                }
                .spawn()
            };
            let since = Instant::now();
            feed(&tx, since, &[(0, 1), (300, 2), (600, 1), (600, 3)]).await;
            for (time, alive) in [(700, 3), (1298, 3), (1302, 2), (1598, 2), (1602, 0), (9000, 0)] {
                sleep_until(since + millis(time)).await;
                assert_eq!(live.count(), alive, "at {time}, {workers} workers");
            }
            drop(tx);
            assert_eq!(live.wait(running).await.result.unwrap(), 4);
        }
    });
}

/// Beside a `batch` both times are kept: the batch goes, and what counts it is dropped later.
#[test]
fn beside_a_batch() {
    paused(|live| async move {
        let (tx, rx) = channel::<u64>(8);
        let held = live.clone();
        let running = pipeline! {
            source a = rx;
            #[keyed(|n| n % 10, idle = 3s)]
            stage b = a
                .scan(Some(held.guard()), |guard, n| { assert!(guard.is_some()); n })
                .batch(10, 1s)
                .enumerate();
            sink s = b.collect::<Vec<_>>();
        }
        .spawn();
        let since = Instant::now();
        feed(&tx, since, &[(0, 1), (100, 2), (500, 11)]).await;
        sleep_until(since + millis(3900)).await;
        assert_eq!(live.count(), 2, "the batches of 1000 and 1100 were a use");
        sleep_until(since + millis(4050)).await;
        assert_eq!(live.count(), 1);
        sleep_until(since + millis(4150)).await;
        assert_eq!(live.count(), 0);
        feed(&tx, since, &[(5000, 21)]).await;
        drop(tx);
        assert_eq!(live.wait(running).await.result.unwrap(), [(0, vec![1, 11]), (0, vec![2]), (0, vec![21])]);
    });
}

/// A result does not expire, what stands before it does.
#[test]
fn beside_a_result() {
    paused(|live| async move {
        let (tx, rx) = channel::<u64>(8);
        let running = pipeline! {
            source a = rx;
            #[keyed(|n| n % 10, idle = 1s)]
            sink s = a.enumerate().map(|(at, _)| at).collect::<Vec<_>>();
        }
        .spawn();
        feed(&tx, Instant::now(), &[(0, 1), (10, 11), (5000, 21)]).await;
        drop(tx);
        assert_eq!(live.wait(running).await.result.unwrap()[&1], [0, 1, 0]);
    });
}

/// A time that cannot be is found before anything starts.
#[test]
fn a_time_that_cannot_be() {
    all(|live| async move {
        let idle = Duration::ZERO;
        let failure = live
            .run(pipeline! {
                source a = 0..9u64;
                #[keyed(|n| *n, idle = idle)]
                stage b = a.dedup();
                sink s = b.count();
            })
            .await
            .unwrap_err();
        assert!(matches!(failure.cause(), Cause::Config(text) if text == "`idle` of stage `b` is zero"), "{failure}");
    });
}
