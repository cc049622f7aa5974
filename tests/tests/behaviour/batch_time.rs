//! Batches by size and by the age of their oldest item.

use std::time::Duration;

use pipeline_runtime::pipeline;
use tokio::sync::mpsc::{channel, unbounded_channel};
use tokio::time::{Instant, advance, sleep};

use super::support::*;

fn millis(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// Exact to the clock's millisecond.
#[track_caller]
fn at(since: Instant, expected: u64) {
    let elapsed = since.elapsed();
    assert!(elapsed >= millis(expected) && elapsed <= millis(expected + 1), "{elapsed:?} and not {expected}ms");
}

/// The age is that of the oldest item, not that of the last.
#[test]
fn by_the_age_of_the_oldest() {
    paused(|live| async move {
        let (tx, rx) = channel::<u64>(8);
        let (out, mut see) = unbounded_channel();
        let running = pipeline! {
            source a = rx;
            stage b = a.batch(100, 1s);
            sink s = b.for_each(|batch: Vec<u64>| out.send(batch).unwrap());
            s
        }
        .spawn();
        let since = Instant::now();
        for n in 0..3 {
            tx.send(n).await.unwrap();
            sleep(millis(400)).await;
        }
        live.step("by age");
        assert_eq!(see.recv().await, Some(vec![0, 1, 2]));
        at(since, 1200);
        tx.send(3).await.unwrap();
        let since = Instant::now();
        assert_eq!(see.recv().await, Some(vec![3]));
        at(since, 1000);
        tx.send(4).await.unwrap();
        drop(tx);
        let since = Instant::now();
        assert_eq!(see.recv().await, Some(vec![4]));
        at(since, 0);
        assert_eq!(live.wait(running).await.result.unwrap(), 3);
    });
}

/// Exactly when its oldest item is that old, while others keep coming.
#[test]
fn while_items_keep_coming() {
    paused(|live| async move {
        let (tx, rx) = channel::<u64>(8);
        let (out, mut see) = unbounded_channel();
        let running = pipeline! {
            source a = rx;
            sink s = a.batch(100, 1s).for_each(|batch: Vec<u64>| out.send(batch).unwrap());
            s
        }
        .spawn();
        let since = Instant::now();
        let sender = async {
            for n in 0..20 {
                tx.send(n).await.unwrap();
                sleep(millis(300)).await;
            }
        };
        let reader = async {
            assert_eq!(see.recv().await, Some(vec![0, 1, 2, 3]));
            at(since, 1000);
            assert_eq!(see.recv().await, Some(vec![4, 5, 6, 7]));
            at(since, 2200);
        };
        tokio::join!(sender, reader);
        running.cancel();
        is_cancelled(live.wait(running).await.result);
    });
}

/// By size at once, and the age begins anew.
#[test]
fn by_size() {
    paused(|live| async move {
        let (tx, rx) = channel::<u64>(8);
        let (out, mut see) = unbounded_channel();
        let running = pipeline! {
            source a = rx;
            sink s = a.batch(2, 1s).for_each(|batch: Vec<u64>| out.send(batch).unwrap());
            s
        }
        .spawn();
        let since = Instant::now();
        tx.send(0).await.unwrap();
        sleep(millis(900)).await;
        tx.send(1).await.unwrap();
        assert_eq!(see.recv().await, Some(vec![0, 1]));
        at(since, 900);
        tx.send(2).await.unwrap();
        assert_eq!(see.recv().await, Some(vec![2]));
        at(since, 1900);
        drop(tx);
        assert_eq!(live.wait(running).await.result.unwrap(), 2);
    });
}

/// Without an age a partial batch waits for more, and goes at the end.
#[test]
fn without_an_age() {
    paused(|live| async move {
        let (tx, rx) = channel::<u64>(8);
        let (out, mut see) = unbounded_channel();
        let running = pipeline! {
            source a = rx;
            sink s = a.batch(3).for_each(|batch: Vec<u64>| out.send(batch).unwrap());
            s
        }
        .spawn();
        tx.send(0).await.unwrap();
        advance(Duration::from_secs(1_000_000)).await;
        quiet().await;
        assert!(see.try_recv().is_err());
        drop(tx);
        assert_eq!(see.recv().await, Some(vec![0]));
        assert_eq!(live.wait(running).await.result.unwrap(), 1);
    });
}

/// A partial batch is flushed on shutdown at once.
#[test]
fn on_shutdown() {
    paused(|live| async move {
        let guard = live.guard();
        let running = pipeline! {
            source a = then_quiet(0..5u64, guard);
            stage b = a.batch(3, 1h);
            sink s = b.collect::<Vec<Vec<u64>>>();
        }
        .spawn();
        quiet().await;
        let since = Instant::now();
        running.shutdown();
        assert_eq!(live.wait(running).await.result.unwrap(), [vec![0, 1, 2], vec![3, 4]]);
        at(since, 0);
    });
}

/// Under `keyed` each key's batch has its own age.
#[test]
fn per_key() {
    paused(|live| async move {
        for workers in [0usize, 2] {
            let (tx, rx) = channel::<u64>(8);
            let (out, mut see) = unbounded_channel();
            let running = if workers == 0 {
                pipeline! {
                    source a = rx;
                    #[keyed(|n| n % 10)]
                    stage b = a.batch(3, 1s);
                    sink s = b.for_each(|batch: Vec<u64>| out.send(batch).unwrap());
                    s
                }
                .spawn()
            } else {
                pipeline! {
                    source a = rx;
                    #[keyed(|n| n % 10), workers(workers), unordered]
                    stage b = a.batch(3, 1s);
                    sink s = b.for_each(|batch: Vec<u64>| out.send(batch).unwrap());
                    s
                }
                .spawn()
            };
            let since = Instant::now();
            tx.send(1).await.unwrap();
            sleep(millis(600)).await;
            for n in [2, 11, 12, 22] {
                tx.send(n).await.unwrap();
            }
            live.step("key 2 by size");
            assert_eq!(see.recv().await, Some(vec![2, 12, 22]));
            at(since, 600);
            live.step("key 1 by age");
            assert_eq!(see.recv().await, Some(vec![1, 11]));
            at(since, 1000);
            drop(tx);
            assert_eq!(live.wait(running).await.result.unwrap(), 2);
        }
    });
}

/// The batch's age counts while what follows it stands before a full edge: nothing is lost or doubled.
#[test]
fn before_a_full_edge() {
    paused(|live| async move {
        let (gate, log) = (Gate::default(), Log::default());
        let (gate_2, log_2) = (gate.clone(), log.clone());
        let (tx, rx) = channel::<u64>(1);
        let running = pipeline! {
            #![buffer(0)]
            source a = rx;
            stage b = a.batch(4, 1s);
            sink s = b.for_each(async |batch: Vec<u64>| { gate_2.pass().await; log_2.push(batch); });
            s
        }
        .spawn();
        let feed = tokio::spawn(async move {
            for n in 0..10 {
                tx.send(n).await.unwrap();
                sleep(millis(700)).await;
            }
        });
        sleep(millis(5000)).await;
        gate.open();
        feed.await.unwrap();
        assert_eq!(live.wait(running).await.result.unwrap(), log.len() as u64);
        assert_eq!(log.all().concat(), (0..10).collect::<Vec<_>>());
    });
}

/// On cancel the items of a batch are discarded, and counted so.
#[test]
fn on_cancel() {
    paused(|live| async move {
        let guard = live.guard();
        let running = pipeline! {
            source a = then_quiet(0..5u64, guard);
            stage b = a.batch(3, 1h);
            sink s = b.count();
        }
        .spawn();
        quiet().await;
        running.cancel();
        let outcome = live.wait(running).await;
        let b = outcome.report.stage("b").unwrap();
        assert_eq!((b.received, b.done, b.discarded, b.emitted), (5, 3, 2, 1), "\n{}", outcome.report);
        is_cancelled(outcome.result);
    });
}
