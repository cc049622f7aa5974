//! The receiver has gone, the sender is stranded.

use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use futures::Stream;
use pipeline_runtime::{Pipeline, pipeline};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::common::*;
use crate::support::*;

/// cockroach1462: producer and consumer obey one stop signal, and the consumer is the first.
#[test]
fn cockroach1462() {
    races_on(&[On::Two], 1_000, async |live, _, rng| {
        let (events, handled) = (live.guard(), live.clone());
        let running = pipeline! {
            #![buffer(0)]
            source events = async |out| {
                let _guard = events;
                for n in 0u64.. {
                    if n % 7 == 0 { tokio::task::yield_now().await; }
                    out.send(n).await;
                }
            };
            sink handled = events.for_each(async |_| {
                let _guard = handled.guard();
                tokio::task::yield_now().await;
            });
            handled
        }
        .spawn();
        random_moment(rng, 2_000).await;
        running.shutdown();
        let outcome = ends(live, running).await;
        let events = outcome.report.edge("events").unwrap();
        assert_eq!((events.received, events.abandoned), (events.sent, 0), "\n{}", outcome.report);
        assert_eq!(outcome.result.unwrap(), events.received);
    });
}

/// grpc660: a call whose answer nobody takes any more.
fn unary_calls(live: &Live, begun: &Counter, gate: &Gate) -> Pipeline<u64> {
    let (live, begun, gate) = (live.clone(), begun.clone(), gate.clone());
    pipeline! {
        #![buffer(0)]
        source turns = std::iter::repeat(());
        stage  calls = turns.map(async |()| {
            let _guard = live.guard();
            begun.add();
            gate.pass().await;
        });
        sink n = calls.count();
    }
}

#[test]
fn grpc660_cancelled() {
    races(200, async |live, _, rng| {
        let (begun, gate, stop) = (Counter::default(), Gate::default(), CancellationToken::new());
        gate.let_through(3);
        let running = unary_calls(live, &begun, &gate).cancel_on(stop.clone()).spawn();
        until(|| begun.get() == 4).await;
        random_moment(rng, 100).await;
        stop.cancel();
        let outcome = ends(live, running).await;
        assert_eq!(outcome.report.stage("calls").unwrap().discarded, 1, "\n{}", outcome.report);
        is_cancelled(outcome.result);
    });
}

#[test]
fn grpc660_shut_down() {
    races(200, async |live, _, rng| {
        let (begun, gate, stop) = (Counter::default(), Gate::default(), Gate::default());
        gate.let_through(3);
        let signal = stop.clone();
        let pipeline = unary_calls(live, &begun, &gate).shutdown_on(async move { signal.pass().await });
        let mut run = pin!(pipeline.run());
        let mut poll = || run.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert!(poll().is_pending());
        while begun.get() < 4 {
            assert!(poll().is_pending());
            tokio::task::yield_now().await;
        }
        stop.open();
        let since = std::time::Instant::now();
        let moment = Duration::from_micros(rand::Rng::random_range(rng, 0..200));
        while since.elapsed() < moment {
            assert!(poll().is_pending(), "it has not waited for the call");
            tokio::task::yield_now().await;
        }
        // Seen by the run, in any case.
        assert!(poll().is_pending());
        gate.open();
        let n = soon(run).await.unwrap();
        assert_eq!(n as usize, begun.get());
        assert!((4..=5).contains(&n), "{n}: at most the turn on offer starts a call after the stop");
        assert_eq!(live.count(), 0);
    });
}

/// moby33781: a health probe that is out when the monitor is stopped.
fn monitor(live: &Live, begun: &Counter, buffer: usize) -> Pipeline<u64> {
    let (live, begun) = (live.clone(), begun.clone());
    pipeline! {
        #![buffer(buffer)]
        source ticks = async |out| {
            let mut interval = tokio::time::interval(Duration::from_millis(1));
            loop {
                interval.tick().await;
                out.send(()).await;
            }
        };
        #[on_error(skip)]
        stage health = ticks.map(async |()| {
            let _guard = live.guard();
            begun.add();
            tokio::time::timeout(Duration::from_millis(5), std::future::pending::<()>()).await?
        });
        sink n = health.count();
    }
}

#[test]
fn moby33781() {
    each(|live, buffer| async move {
        let (stop, begun) = (CancellationToken::new(), Counter::default());
        let running = monitor(&live, &begun, buffer).cancel_on(stop.clone()).spawn();
        until(|| begun.get() >= 4).await;
        stop.cancel();
        let outcome = ends(&live, running).await;
        let health = outcome.report.stage("health").unwrap();
        assert!(health.skipped >= 3 && health.discarded <= 1 && health.done == 0, "\n{}", outcome.report);
        is_cancelled(outcome.result);
    });
    let out = Counter::default();
    let out_2 = out.clone();
    races(200, async move |live, buffer, rng| {
        let stop = CancellationToken::new();
        let running = monitor(live, &Counter::default(), buffer).cancel_on(stop.clone()).spawn();
        random_moment(rng, 9_000).await;
        stop.cancel();
        let outcome = ends(live, running).await;
        (0..outcome.report.stage("health").unwrap().discarded).for_each(|_| {
            out_2.add();
        });
        is_cancelled(outcome.result);
    });
    assert!(out.get() > 200, "mostly a probe is out: {}", out.get());
}

/// istio17860: watchers of process generations, whose end the supervisor counts.
fn agent(restarts: mpsc::Receiver<usize>, exits: [Gate; 3], live: &Live, buffer: usize) -> Pipeline<Vec<usize>> {
    let live = live.clone();
    pipeline! {
        #![buffer(buffer)]
        source epochs = restarts;
        #[in_flight(16), unordered]
        stage exits = epochs.map(async |epoch| {
            let _guard = live.guard();
            exits[epoch].pass().await;
            epoch
        });
        sink gone = exits.collect::<Vec<_>>();
    }
}

#[test]
fn istio17860() {
    each(|live, buffer| async move {
        let (tx, rx) = mpsc::channel(3);
        let exits = [0; 3].map(|_| Gate::default());
        let running = agent(rx, exits.clone(), &live, buffer).spawn();
        for epoch in 0..3 {
            tx.send(epoch).await.unwrap();
        }
        until(|| live.count() == 3).await;
        // The input has ended long before the last of them.
        drop(tx);
        for epoch in [2, 1, 0] {
            random_moment(&mut rand::SeedableRng::seed_from_u64(epoch), 500).await;
            exits[epoch as usize].open();
            until(|| live.count() == epoch as usize).await;
        }
        assert_eq!(ends(&live, running).await.result.unwrap(), [2, 1, 0]);

        let (tx, rx) = mpsc::channel(3);
        let (exits, stop) = ([0; 3].map(|_| Gate::default()), CancellationToken::new());
        let running = agent(rx, exits.clone(), &live, buffer).cancel_on(stop.clone()).spawn();
        for epoch in 0..3 {
            tx.send(epoch).await.unwrap();
        }
        until(|| live.count() == 3).await;
        exits[1].open();
        until(|| running.report().stage("gone").unwrap().received == 1).await;
        stop.cancel();
        let outcome = ends(&live, running).await;
        let exits = outcome.report.stage("exits").unwrap();
        assert_eq!((exits.done, exits.discarded), (1, 2), "\n{}", outcome.report);
        is_cancelled(outcome.result);
        drop(tx);
    });
}

/// kubernetes38669: the watcher hangs in its first events, and the stop is in the channel of the later ones.
#[test]
fn kubernetes38669() {
    for stop in ["cancel", "drop"] {
        races(200, async move |live, buffer, rng| {
            let (results, mut unread) = mpsc::channel::<u64>(1);
            let (live_tx, live_rx) = mpsc::channel::<u64>(1);
            let (guard, guard_2) = (live.guard(), live.guard());
            let initial_events = [1, 2].into_iter().inspect(move |_| {
                let _ = &guard;
            });
            let running = pipeline! {
                #![buffer(buffer)]
                source first = initial_events;
                source live = live_rx;
                sink sent = concat(first, live).inspect(move |_| { let _ = &guard_2; }).forward(results);
            }
            .spawn();
            random_moment(rng, 200).await;
            if stop == "cancel" {
                running.cancel();
                is_cancelled(ends(live, running).await.result);
            } else {
                drop(running);
                no_guard(live).await;
            }
            soon(live_tx.closed()).await;
            assert!(live_tx.send(3).await.is_err());
            let mut left = Vec::new();
            while let Some(event) = soon(unread.recv()).await {
                left.push(event);
            }
            assert!(left.is_empty() || left == [1], "{left:?}");
        });
    }
}

/// A cursor that counts the rows read from it, and goes quiet after some.
fn cursor(guard: Guard, read: Counter, quiet_after: usize, bad: usize) -> impl Stream<Item = Result<usize, Wrong>> {
    futures::stream::unfold(guard, move |guard| {
        let read = read.clone();
        async move {
            if read.get() == quiet_after {
                std::future::pending::<()>().await;
            }
            let row = read.add();
            let item = if row == bad { Err(Wrong::At(row as u64)) } else { Ok(row) };
            (row < 1_000).then_some((item, guard))
        }
    })
}

fn top(live: &Live, read: &Counter, quiet_after: usize, bad: usize, buffer: usize) -> Pipeline<Vec<usize>, Wrong> {
    let (guard, read) = (live.guard(), read.clone());
    pipeline! {
        #![error(Wrong)]
        #![buffer(buffer)]
        source rows = cursor(guard, read, quiet_after, bad);
        sink top = rows?.take(10).collect::<Vec<_>>();
    }
}

/// cockroach13755: the result of a query is closed by a task that waits for somebody to say so.
#[test]
fn cockroach13755() {
    const NONE: usize = usize::MAX;
    each(|live, buffer| async move {
        // It has had enough.
        let read = Counter::default();
        let mut run = pin!(top(&live, &read, NONE, NONE, buffer).run());
        assert_eq!(soon(&mut run).await.unwrap(), Vec::from_iter(0..10));
        assert_eq!(live.count(), 0, "when `run` returns");
        assert!(read.get() < 1_000, "it has gone on for nobody");
        // It has had enough, and the cursor does not come to its next row.
        let read = Counter::default();
        assert_eq!(runs(&live, top(&live, &read, 10, NONE, buffer)).await.unwrap().len(), 10);
        // The second row is an error.
        let failure = runs(&live, top(&live, &Counter::default(), 2, 1, buffer)).await.unwrap_err();
        assert_eq!(failure.stage(), Some("top"));
        assert_eq!(failure.into_error().unwrap(), Wrong::At(1));
    });
    // The caller goes away in the middle.
    races(200, async |live, buffer, rng| {
        let read = Counter::default();
        {
            let mut run = pin!(top(live, &read, 5, NONE, buffer).run());
            assert!(run.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            random_moment(rng, 200).await;
        }
        no_guard(live).await;
    });
}
