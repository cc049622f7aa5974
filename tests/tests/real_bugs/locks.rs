//! A lock that is held across a channel operation.

use std::time::Duration;

use pipeline_runtime::pipeline;
use rand::Rng;
use tokio::sync::mpsc;

use super::common::*;
use crate::support::*;

/// kubernetes26980: who adds needs the lock that the delivery loop holds until the stop. Here the list is the channel.
#[test]
fn kubernetes26980() {
    const ADDERS: u64 = 1_000;
    races(30, async |live, buffer, rng| {
        let (tx, rx) = mpsc::channel::<u64>(8);
        let (on_note, handled, stop) = (live.clone(), Log::default(), Gate::default());
        let (log, signal) = (handled.clone(), stop.clone());
        let running = pipeline! {
            #![buffer(buffer)]
            source notes = rx;
            sink n = notes.for_each(async |note| {
                let _guard = on_note.guard();
                for _ in 0..note % 4 { tokio::task::yield_now().await; }
                log.push(note);
            });
            n
        }
        .shutdown_on(async move { signal.pass().await })
        .spawn();
        // Each of them adds until it is refused.
        let adders: Vec<_> = (0..ADDERS)
            .map(|adder| {
                let tx = tx.clone();
                tokio::spawn(async move {
                    let mut added = Vec::new();
                    for note in (adder..).step_by(ADDERS as usize) {
                        match tx.send(note).await {
                            Ok(()) => added.push(note),
                            Err(_) => break,
                        }
                    }
                    added
                })
            })
            .collect();
        drop(tx);
        tokio::time::sleep(Duration::from_micros(rng.random_range(0..3_000))).await;
        stop.open();
        let mut added = Vec::new();
        soon(async {
            for adder in adders {
                added.append(&mut adder.await.unwrap());
            }
        })
        .await;
        added.sort_unstable();
        let outcome = ends(live, running).await;
        let mut notes = handled.all();
        notes.sort_unstable();
        assert_eq!(notes, added, "what was taken has been handled, and nothing else");
        assert_eq!(outcome.result.unwrap(), added.len() as u64);
    });
}

/// A stop that is there before the first note is looked at: what was added has been accepted.
#[test]
fn kubernetes26980_stopped_at_once() {
    each(|live, buffer| async move {
        for blocking in [false, true] {
            let (tx, rx) = mpsc::channel::<u64>(8);
            (0..8).for_each(|note| tx.try_send(note).unwrap());
            let running = if blocking {
                pipeline! {
                    #![buffer(buffer)]
                    #[blocking]
                    source notes = rx;
                    sink n = notes.count();
                }
                .spawn()
            } else {
                pipeline! {
                    #![buffer(buffer)]
                    source notes = rx;
                    sink n = notes.count();
                }
                .spawn()
            };
            running.shutdown();
            assert_eq!(ends(&live, running).await.result.unwrap(), 8);
            assert!(tx.is_closed());
        }
    });
}
