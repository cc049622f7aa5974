//! Stopping waits for something that waits for the stop.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use pipeline_runtime::{BoxError, Pipeline, Running, pipeline};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::common::*;
use crate::support::*;

/// cockroach35931: the cancel is a message, and the first stream is full.
#[test]
fn cockroach35931() {
    for stop in ["cancel", "shutdown"] {
        races(200, async move |live, _, rng| {
            let (left_tx, left_rx) = mpsc::channel(8);
            let (right_tx, right_rx) = mpsc::channel::<u64>(8);
            for n in 0..4u64 {
                left_tx.send(n).await.unwrap();
            }
            let on_pair = live.clone();
            let running = pipeline! {
                #![buffer(1)]
                source left = left_rx;
                source right = right_rx;
                sink n = zip(left, right).for_each(async |_| { let _guard = on_pair.guard(); });
                n
            }
            .spawn();
            // The left source stands before its full edge, the right one waits.
            until(|| running.report().edge("left").unwrap().sent >= 1).await;
            random_moment(rng, 50).await;
            if stop == "cancel" {
                running.cancel()
            } else {
                running.shutdown()
            }
            let outcome = ends(live, running).await;
            let left = outcome.report.edge("left").unwrap();
            assert_eq!((left.received, left.received + left.abandoned), (0, left.sent), "\n{}", outcome.report);
            assert!(left.abandoned >= 1, "\n{}", outcome.report);
            if stop == "cancel" {
                is_cancelled(outcome.result);
            } else {
                assert_eq!(outcome.result.unwrap(), 0);
            }
            assert!(left_tx.is_closed() && right_tx.is_closed());
        });
    }
}

fn prerequisites(receivers: Vec<oneshot::Receiver<()>>, live: &Live, buffer: usize) -> Pipeline<u64> {
    let live = live.clone();
    pipeline! {
        #![buffer(buffer)]
        source prerequisites = receivers;
        #[in_flight(16)]
        stage ready = prerequisites.map(async |receiver| { let _guard = live.guard(); receiver.await? });
        sink n = ready.count();
    }
}

/// cockroach10790: after the cancel somebody collects the signals that were still to come.
#[test]
fn cockroach10790() {
    races(200, async |live, buffer, rng| {
        let (senders, receivers): (Vec<_>, Vec<_>) = (0..8).map(|_| oneshot::channel()).unzip();
        let stop = CancellationToken::new();
        let running = prerequisites(receivers, live, buffer).cancel_on(stop.clone()).spawn();
        let mut senders = senders.into_iter();
        for sender in senders.by_ref().take(3) {
            random_moment(rng, 20).await;
            sender.send(()).unwrap();
        }
        let silent: Vec<_> = senders.collect();
        until(|| running.report().stage("n").unwrap().received == 3 && live.count() == 5).await;
        random_moment(rng, 50).await;
        stop.cancel();
        let outcome = ends(live, running).await;
        let ready = outcome.report.stage("ready").unwrap();
        assert_eq!((ready.received, ready.done, ready.discarded), (8, 3, 5), "\n{}", outcome.report);
        is_cancelled(outcome.result);
        assert!(silent.iter().all(oneshot::Sender::is_closed));
    });
    // Cancelled before it began.
    each(|live, buffer| async move {
        let (sender, receiver) = oneshot::channel();
        let stop = CancellationToken::new();
        stop.cancel();
        is_cancelled(runs(&live, prerequisites(vec![receiver], &live, buffer).cancel_on(stop)).await);
        assert!(sender.is_closed());
    });
}

type Container = Arc<tokio::sync::Mutex<u64>>;

fn health(container: &Container, live: &Live, begun: &Counter, drain: Duration, buffer: usize) -> Pipeline<u64> {
    let (shared, live, begun) = (container.clone(), live.clone(), begun.clone());
    pipeline! {
        #![buffer(buffer)]
        #![drain(drain)]
        source ticks = futures::stream::repeat(());
        sink n = ticks.for_each(async |()| {
            let _guard = live.guard();
            begun.add();
            tokio::task::yield_now().await;
            *shared.lock().await += 1;
        });
        n
    }
}

/// moby28462: the monitor is stopped under the lock that it wants.
#[test]
fn moby28462() {
    // No future: they wait for nobody.
    let _: [fn(&Running<u64, BoxError>); 2] = [Running::shutdown, Running::cancel];
    races(500, async |live, buffer, rng| {
        let container = Container::default();
        let running = health(&container, live, &Counter::default(), Duration::from_secs(10), buffer).spawn();
        random_moment(rng, 500).await;
        let guard = container.lock().await;
        running.shutdown();
        drop(guard);
        let n = ends(live, running).await.result.unwrap();
        assert_eq!(n, *container.lock().await);
    });
    // Also who waits for the end under the lock waits for a bounded time.
    each(|live, buffer| async move {
        for stop in ["shutdown", "cancel"] {
            let (container, begun) = (Container::default(), Counter::default());
            let running = health(&container, &live, &begun, Duration::from_millis(50), buffer).spawn();
            until(|| begun.get() > 3).await;
            let guard = container.lock().await;
            until(|| begun.get() as u64 > *guard).await;
            if stop == "shutdown" {
                running.shutdown();
                let stages = exceeded(ends(&live, running).await.result);
                assert!(stages.contains(&"n"), "{stages:?}");
            } else {
                running.cancel();
                is_cancelled(ends(&live, running).await.result);
            }
            drop(guard);
        }
    });
}

/// syncthing5795: a handler closes its own connection. Here it fires what the pipeline listens to, and goes on.
#[test]
fn syncthing5795() {
    races(200, async |live, buffer, _| {
        let (tx, rx) = mpsc::channel(2);
        let close_requested = Arc::new(Notify::new());
        let (requests, handled, on_message) = (close_requested.clone(), Log::default(), live.clone());
        let log = handled.clone();
        let connection = pipeline! {
            #![buffer(buffer)]
            source inbox = rx;
            sink n = inbox.for_each(async |message: u64| {
                let _guard = on_message.guard();
                log.push(message);
                if message == 10 { requests.notify_one(); }
                tokio::task::yield_now().await;
            });
            n
        };
        let running = connection.shutdown_on(close_requested.notified_owned()).spawn();
        let peer = tokio::spawn(async move {
            for message in 0..100 {
                if tx.send(message).await.is_err() {
                    return message;
                }
                // The peer is not so fast that all is said before the connection is closed.
                while message > 10 && !tx.is_closed() {
                    tokio::task::yield_now().await;
                }
            }
            100
        });
        let outcome = ends(live, running).await;
        let taken = soon(peer).await.unwrap();
        assert!((11..100).contains(&taken), "{taken}");
        assert_eq!(handled.all(), Vec::from_iter(0..taken), "what was taken has been handled");
        assert_eq!(outcome.report.edge("inbox").unwrap().sent, taken);
        assert_eq!(outcome.result.unwrap(), taken);
    });
}

/// The connection ends by its stream too.
#[test]
fn syncthing5795_by_its_stream() {
    each(|live, buffer| async move {
        let (tx, rx) = mpsc::channel(100);
        (0..100u64).for_each(|message| tx.try_send(message).unwrap());
        let connection = pipeline! {
            #![buffer(buffer)]
            source inbox = rx;
            sink n = inbox.take_while(|message| *message != 10).for_each(async |_| {});
            n
        };
        assert_eq!(runs(&live, connection).await.unwrap(), 10);
        assert!(tx.is_closed());
    });
}

/// A `Running` that was smuggled in: its body would wait for its own end, and nobody outside could stop it. It panics.
#[test]
fn syncthing5795_smuggled() {
    each(|live, buffer| async move {
        let slot = Arc::new(Mutex::new(None::<Running<u64, BoxError>>));
        let (shared, gate, inbox, on_message) = (slot.clone(), Gate::default(), live.guard(), live.clone());
        let set = gate.clone();
        let running = pipeline! {
            #![buffer(buffer)]
            source inbox = then_quiet(0..5u64, inbox);
            #[in_flight(2)]
            stage handled = inbox.map(async |n| {
                let _guard = on_message.guard();
                set.pass().await;
                let own = shared.lock().unwrap().take();
                if let Some(own) = own { own.wait().await.result?; }
                n
            });
            sink n = handled.count();
        }
        .spawn();
        *slot.lock().unwrap() = Some(running);
        gate.open();
        no_guard(&live).await;
    });
}

/// The end of another run may be waited for.
#[test]
fn syncthing5795_another() {
    each(|live, buffer| async move {
        let other = move |live: &Live| {
            let guard = live.guard();
            pipeline! {
                #![buffer(buffer)]
                source numbers = { let guard = guard; (0..9u64).inspect(move |_| { let _ = &guard; }) };
                sink n = numbers.count();
            }
        };
        let on_item = live.clone();
        let waiting = pipeline! {
            #![buffer(buffer)]
            source ones = 0..3u64;
            sink sum = ones.fold(0, async |sum, _| sum + other(&on_item).spawn().wait().await.result?);
        };
        assert_eq!(runs(&live, waiting).await.unwrap(), 27);
    });
}
