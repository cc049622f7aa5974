//! A circle of a timer and those who wait for it.

use std::time::Duration;

use pipeline_runtime::pipeline;
use rand::Rng;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::common::*;
use crate::support::*;

/// istio18454: a debouncer stops its timer, whose tick was already taken.
#[test]
fn istio18454() {
    races(1_000, async |live, buffer, rng| {
        let (events, publish, within) = (live.guard(), live.clone(), Duration::from_micros(rng.random_range(1..1_000)));
        let stop = CancellationToken::new();
        let running = pipeline! {
            #![buffer(buffer)]
            source events = then_quiet(0..1_024u64, events);
            stage bursts = events.batch(1024, within);
            sink n = bursts.for_each(async |_| { let _guard = publish.guard(); tokio::task::yield_now().await; });
        }
        .cancel_on(stop.clone())
        .spawn();
        random_moment(rng, 1_500).await;
        stop.cancel();
        is_cancelled(ends(live, running).await.result);
    });
}

/// An item that arrives at the very instant its batch is due.
#[test]
fn istio18454_at_the_instant() {
    paused(|live| async move {
        for buffer in [0, 1, 64] {
            let (tx, rx) = mpsc::unbounded_channel();
            let running = pipeline! {
                #![buffer(buffer)]
                source events = rx;
                stage bursts = events.batch(1024, 10ms);
                sink all = bursts.collect::<Vec<Vec<u64>>>();
            }
            .spawn();
            let sender = tokio::spawn(async move {
                for n in 0..200 {
                    tx.send(n).unwrap();
                    // Every second one comes when the batch of the one before is due.
                    tokio::time::sleep(Duration::from_millis(if n % 2 == 0 { 10 } else { 11 })).await;
                }
            });
            sender.await.unwrap();
            let all = live.wait(running).await.result.unwrap();
            assert!(all.len() >= 100, "{}", all.len());
            assert_eq!(all.concat(), Vec::from_iter(0..200));
        }
    });
}

/// A quiet period in a `process`: the wait for the next item is dropped again and again.
#[test]
fn istio18454_in_a_process() {
    let seed: u64 = rand::rng().random();
    eprintln!("seed {seed}");
    each(move |live, buffer| async move {
        let (lost, in_process, timeouts) = (live.guard(), live.guard(), Counter::default());
        let timeouts_2 = timeouts.clone();
        let running = pipeline! {
            #![buffer(buffer)]
            source events = futures::stream::unfold((0u64, lost), async |(n, guard)| {
                if n % 5 == 0 { tokio::task::yield_now().await; }
                (n < 10_000).then_some((n, (n + 1, guard)))
            });
            stage bursts = events.process(async |input, output| {
                let _guard = in_process;
                let mut rng: rand::rngs::SmallRng = rand::SeedableRng::seed_from_u64(seed);
                let mut burst = Vec::new();
                loop {
                    let patience = rng.random_range(0..3);
                    let next = tokio::select! {
                        next = input.next() => Some(next),
                        () = async { for _ in 0..patience { tokio::task::yield_now().await; } } => None,
                    };
                    match next {
                        Some(Some(event)) => burst.push(event),
                        Some(None) => break,
                        None => {
                            timeouts_2.add();
                            if !burst.is_empty() { output.send(std::mem::take(&mut burst)).await; }
                        }
                    }
                }
                output.send(burst).await;
            });
            sink all = bursts.collect::<Vec<Vec<u64>>>();
        }
        .spawn();
        let all = tokio::time::timeout(Duration::from_secs(30), live.wait(running)).await.unwrap().result.unwrap();
        assert_eq!(all.concat(), Vec::from_iter(0..10_000));
        assert!(timeouts.get() > 100, "{}", timeouts.get());
    });
}
