//! Nobody ever closes, cancels or signals.

use std::time::Duration;

use pipeline_runtime::{Group, Pipeline, StageState, pipeline};
use tokio::sync::mpsc;

use super::common::*;
use crate::support::*;

fn balancer(addresses: mpsc::Receiver<u64>, live: &Live, buffer: usize) -> Pipeline<u64> {
    let live = live.clone();
    pipeline! {
        #![buffer(buffer)]
        source addresses = addresses;
        sink n = addresses.for_each(async |_| { let _guard = live.guard(); tokio::task::yield_now().await; });
        n
    }
}

/// grpc1424: the watcher's input has ended already, and so nobody closes the done channel.
#[test]
fn grpc1424() {
    each(|live, buffer| async move {
        let (tx, rx) = mpsc::channel(4);
        drop(tx);
        assert_eq!(runs(&live, balancer(rx, &live, buffer)).await.unwrap(), 0);
    });
    races(1_000, async |live, buffer, rng| {
        let (tx, rx) = mpsc::channel(4);
        let running = balancer(rx, live, buffer).spawn();
        let sent = rand::Rng::random_range(rng, 0..4);
        for address in 0..sent {
            tx.send(address).await.unwrap();
        }
        random_moment(rng, 50).await;
        drop(tx);
        assert_eq!(ends(live, running).await.result.unwrap(), sent);
    });
}

/// One that has ended leaves the others of its group alone, in both kinds of group.
#[test]
fn grpc1424_in_a_group() {
    each(|live, buffer| async move {
        let (mut group, independent) = (Group::new(), Group::independent());
        let mut senders = Vec::new();
        for _ in 0..3 {
            let (tx, rx) = mpsc::channel(4);
            group.spawn(balancer(rx, &live, buffer));
            senders.push(tx);
            let (tx, rx) = mpsc::channel(4);
            independent.spawn(balancer(rx, &live, buffer));
            senders.push(tx);
        }
        senders.drain(..2);
        until(|| independent.len() == 2).await;
        for tx in &senders {
            tx.send(1).await.unwrap();
        }
        drop(senders);
        assert_eq!(soon(group.wait()).await.unwrap(), [0, 1, 1]);
        assert_eq!(soon(independent.wait()).await.succeeded, 3);
    });
}

/// grpc1275: closing ought to put in a message that wakes the reader.
#[test]
fn grpc1275() {
    races(200, async |live, buffer, rng| {
        let (frames, on_frame) = (live.guard(), live.clone());
        let running = pipeline! {
            #![buffer(buffer)]
            source frames = then_quiet(0..3u64, frames);
            sink read = frames.for_each(async |_| { let _guard = on_frame.guard(); });
        }
        .spawn();
        random_moment(rng, 100).await;
        running.cancel();
        is_cancelled(ends(live, running).await.result);
    });
}

/// The reader sits in a call that nothing interrupts.
#[test]
fn grpc1275_blocking() {
    each(|live, buffer| async move {
        for stop in ["cancel", "shutdown"] {
            let (frames_tx, frames_rx) = std::sync::mpsc::channel::<u64>();
            let (guard, calls) = (live.guard(), Counter::default());
            let calls_2 = calls.clone();
            let running = pipeline! {
                #![buffer(buffer)]
                #![drain(100ms)]
                #[blocking]
                source frames = std::iter::from_fn(move || {
                    let _ = &guard;
                    calls_2.add();
                    frames_rx.recv().ok()
                });
                sink read = frames.count();
            }
            .spawn();
            frames_tx.send(1).unwrap();
            // The second call is the one that stays.
            until(|| calls.get() == 2).await;
            if stop == "cancel" {
                running.cancel()
            } else {
                running.shutdown()
            }
            let outcome = soon(running.wait()).await;
            assert_eq!(live.count(), 1, "the call goes on");
            assert_eq!(outcome.report.stage("frames").unwrap().state, StageState::Running);
            let stages = exceeded(outcome.result);
            assert!(stages.contains(&"frames"), "{stop}: {stages:?}");
            drop(frames_tx);
            no_guard(&live).await;
        }
    });
}

/// A plugin's activation fails at one, succeeds below the first that waits, and waits for ever from there on.
#[derive(Clone)]
struct Activation {
    fails_at: u64,
    waits_from: u64,
    live: Live,
    begun: Counter,
}

impl Activation {
    fn new(fails_at: u64, waits_from: u64, live: &Live) -> Self {
        Self { fails_at, waits_from, live: live.clone(), begun: Counter::default() }
    }

    async fn of(&self, plugin: u64) -> Result<u64, Wrong> {
        let _guard = self.live.guard();
        self.begun.add();
        wrong_at(self.fails_at, plugin)?;
        if plugin >= self.waits_from {
            std::future::pending::<()>().await;
        }
        Ok(plugin)
    }
}

fn plugins(activation: Activation, buffer: usize) -> Pipeline<Vec<u64>, Wrong> {
    pipeline! {
        #![error(Wrong)]
        #![buffer(buffer)]
        source found = 1..=8u64;
        #[in_flight(8)]
        stage active = found.map(async |plugin| activation.of(plugin).await?);
        sink ready = active.collect::<Vec<_>>();
    }
}

/// moby30408: a failed activation wakes nobody.
#[test]
fn moby30408() {
    each(|live, buffer| async move {
        // Number 1 fails, the rest waits for ever.
        let failure = runs(&live, plugins(Activation::new(1, 2, &live), buffer)).await.unwrap_err();
        assert_eq!(failure.stage(), Some("active"));
        assert_eq!(failure.into_error().unwrap(), Wrong::At(1));

        // Number 5 fails, and what comes before it waits for ever: only without an order the error need not wait too.
        let activation = Activation::new(5, 1, &live);
        let unordered = pipeline! {
            #![error(Wrong)]
            #![buffer(buffer)]
            source found = 1..=8u64;
            #[in_flight(8), unordered]
            stage active = found.map(async |plugin| activation.of(plugin).await?);
            sink ready = active.count();
        };
        assert_eq!(runs(&live, unordered).await.unwrap_err().into_error().unwrap(), Wrong::At(5));

        // With the plugin in it, it is an item among others.
        let activation = Activation::new(5, 9, &live);
        let rejecting = pipeline! {
            #![error(Wrong)]
            #![buffer(buffer)]
            source found = 1..=8u64;
            #[in_flight(8)]
            stage active = found.map(async |ref plugin| activation.of(*plugin).await?) else broken;
            sink ready = active.collect::<Vec<_>>();
            sink bad = broken.filter_map(|rejected| rejected.into_parts().0).collect::<Vec<_>>();
        };
        assert_eq!(runs(&live, rejecting).await.unwrap(), (vec![1, 2, 3, 4, 6, 7, 8], vec![5]));
    });
}

/// An error that is held back in its place is the cause of a run that is then stopped, however it is.
#[test]
fn moby30408_held_back() {
    each(|live, buffer| async move {
        for stop in ["cancel", "deadline", "shutdown"] {
            let activation = Activation::new(5, 1, &live);
            let begun = activation.begun.clone();
            let pipeline = pipeline! {
                #![error(Wrong)]
                #![buffer(buffer)]
                #![drain(50ms)]
                source found = 1..=8u64;
                #[in_flight(8)]
                stage active = found.map(async |plugin| activation.of(plugin).await?);
                sink ready = active.count();
            };
            let deadline = Duration::from_millis(if stop == "deadline" { 500 } else { 60_000 });
            let running = pipeline.deadline(deadline).spawn();
            // The one that fails has dropped its guard.
            until(|| {
                let begun = begun.get();
                live.count() < begun
            })
            .await;
            random_moment(&mut rand::SeedableRng::seed_from_u64(0), 100).await;
            match stop {
                "cancel" => running.cancel(),
                "shutdown" => running.shutdown(),
                _ => {}
            }
            let failure = ends(&live, running).await.result.unwrap_err();
            assert_eq!(failure.stage(), Some("active"), "{stop}");
            assert_eq!(failure.into_error().unwrap(), Wrong::At(5), "{stop}");
        }
    });
}
