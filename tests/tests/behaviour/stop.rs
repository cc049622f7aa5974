//! Cancel, deadline, failure and drain are told apart; each of them stops everything.

use std::time::Duration;

use pipeline_runtime::{Cause, StageState, channel, pipeline};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::support::*;

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// The clock of tokio counts in milliseconds and rounds up.
#[track_caller]
fn exactly(since: Instant, expected: Duration) {
    let elapsed = since.elapsed();
    assert!(elapsed >= expected && elapsed <= expected + Duration::from_millis(1), "{elapsed:?} and not {expected:?}");
}

#[test]
fn cancel_ends_every_wait() {
    all(|live| async move {
        let guards = [0; 8].map(|_| live.clone());
        let [g1, g2, g3, g4, g5, g6, g7, g8] = guards;
        let up = Counter::default();
        let ups = [0; 8].map(|_| up.clone());
        let [u1, u2, u3, u4, u5, u6, u7, u8] = ups;
        let running = pipeline! {
            // A source in its expression, one in its wait, one that waits for room.
            source a = { let _guard = g1.guard(); u1.add(); std::future::pending::<()>().await; 0..3u64 };
            source b = { u2.add(); quiet_stream::<u64>(g2.guard()) };
            #[buffer(1)]
            source c = { u3.add(); let guard = g3.guard(); (0u64..).inspect(move |_| { let _ = &guard; }) };
            // Bodies: plain, of workers, in flight, of a process, of a sink.
            stage d = c.map(async |n| { let _guard = g4.guard(); u4.add(); std::future::pending::<()>().await; n });
            source e = 0..9u64;
            #[workers(2)]
            stage f = e.map(async |n| { let _guard = g5.guard(); u5.add(); std::future::pending::<()>().await; n });
            source g = 0..9u64;
            #[in_flight(2)]
            stage h = g.map(async |n| { let _guard = g6.guard(); u6.add(); std::future::pending::<()>().await; n });
            source i = 0..9u64;
            stage j = i.process(async |input, output| {
                let _guard = g7.guard();
                u7.add();
                while let Some(n) = input.next().await { if n == 20 { output.send(n).await; } }
                std::future::pending::<()>().await;
            });
            source k = 0..9u64;
            sink l = k.for_each(async |_| { let _guard = g8.guard(); u8.add(); std::future::pending::<()>().await; });
            sink m = merge(a, b, d, f, h, j).count();
            { let _ = (l, m); }
        }
        .spawn();
        live.step("all have begun");
        while up.get() < 10 {
            tokio::task::yield_now().await;
        }
        live.step("cancel");
        running.cancel();
        let outcome = live.wait(running).await;
        is_cancelled(outcome.result);
        assert!(outcome.report.stages.iter().all(|stage| stage.state == StageState::Ended), "\n{}", outcome.report);
    });
}

#[test]
fn cancel_display_names_no_stage() {
    all(|live| async move {
        let running = pipeline! {
            #![name = "load"]
            source a = futures::stream::pending::<u64>();
            sink s = a.count();
        }
        .spawn();
        running.cancel();
        let failure = is_cancelled(live.wait(running).await.result);
        assert_eq!(failure.to_string(), "pipeline `load` was cancelled");
    });
}

#[test]
fn cancel_on_a_token() {
    all(|live| async move {
        let token = CancellationToken::new();
        let (up, guards) = (Counter::default(), live.clone());
        let up_2 = up.clone();
        let running = pipeline! {
            source a = 0..9u64;
            sink s = a.for_each(async |_| { let _guard = guards.guard(); up_2.add(); std::future::pending::<()>().await; });
            s
        }
        .cancel_on(CancellationToken::new())
        .cancel_on(token.clone())
        .spawn();
        while up.get() == 0 {
            tokio::task::yield_now().await;
        }
        token.cancel();
        is_cancelled(live.wait(running).await.result);
    });
}

/// A token that was cancelled before the run: nothing is done, and the cause is the cancel.
#[test]
fn cancel_on_a_token_that_is_cancelled() {
    all(|live| async move {
        let token = CancellationToken::new();
        token.cancel();
        let result = live
            .run(
                pipeline! {
                    source a = futures::stream::pending::<u64>();
                    sink s = a.count();
                }
                .cancel_on(token),
            )
            .await;
        is_cancelled(result);
    });
}

/// A run that is over is not cancelled any more.
#[test]
fn a_cancel_after_the_end_changes_nothing() {
    all(|live| async move {
        let running = pipeline! {
            source a = 0..9u64;
            sink s = a.count();
        }
        .spawn();
        while tokio::runtime::Handle::current().metrics().num_alive_tasks() > 0 {
            tokio::task::yield_now().await;
        }
        running.cancel();
        assert_eq!(live.wait(running).await.result.unwrap(), 9);
    });
}

#[test]
fn deadline_to_the_millisecond() {
    paused(|live| async move {
        let (since, guards) = (Instant::now(), live.clone());
        let failure = live
            .run(pipeline! {
                #![name = "load"]
                #![deadline(30s)]
                source a = 0..9u64;
                sink s = a.for_each(async |_| { let _guard = guards.guard(); std::future::pending::<()>().await; });
                s
            })
            .await
            .unwrap_err();
        exactly(since, seconds(30));
        assert!(matches!(failure.cause(), Cause::Deadline(d) if *d == seconds(30)), "{failure}");
        assert_eq!(failure.stage(), None);
        assert!(failure.to_string().starts_with("pipeline `load` "), "{failure}");
    });
}

/// `deadline()` takes the place of the attribute's; a run that is faster is not touched by it.
#[test]
fn deadline_of_the_builder() {
    paused(|live| async move {
        let since = Instant::now();
        let pipeline = pipeline! {
            #![deadline(30s)]
            source a = futures::stream::pending::<u64>();
            sink s = a.count();
        };
        let failure = live.run(pipeline.deadline(seconds(3))).await.unwrap_err();
        exactly(since, seconds(3));
        assert!(matches!(failure.cause(), Cause::Deadline(d) if *d == seconds(3)), "{failure}");
        let since = Instant::now();
        let pipeline = pipeline! {
            #![deadline(1.5s)]
            source a = 0..9u64;
            sink s = a.map(async |n| { tokio::time::sleep(Duration::from_millis(100)).await; n }).count();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), 9);
        exactly(since, Duration::from_millis(900));
    });
}

#[test]
fn shutdown_ends_quiet_sources_and_is_ok() {
    all(|live| async move {
        let (up, guard, other) = (Counter::default(), live.guard(), live.guard());
        let up_2 = up.clone();
        let running = pipeline! {
            source a = then_quiet(0..5u64, guard);
            source b = { let _guard = other; std::future::pending::<()>().await; 0..1u64 };
            stage c = merge(a, b);
            sink s = c.inspect(|_| { up_2.add(); }).count();
        }
        .spawn();
        while up.get() < 5 {
            tokio::task::yield_now().await;
        }
        running.shutdown();
        assert_eq!(live.wait(running).await.result.unwrap(), 5);
    });
}

#[test]
fn shutdown_ends_an_infinite_source() {
    both(|live| async move {
        for buffer in [0usize, 1, 64] {
            let (count, guard) = (Counter::default(), live.guard());
            let count_2 = count.clone();
            let running = pipeline! {
                #![buffer(buffer)]
                source a = (0u64..).inspect(move |_| { let _ = &guard; });
                stage b = a.map(|n| n);
                sink s = b.inspect(|_| { count_2.add(); }).count();
            }
            .spawn();
            while count.get() < 100 {
                tokio::task::yield_now().await;
            }
            running.shutdown();
            let outcome = live.wait(running).await;
            let n = outcome.result.unwrap();
            // All that the source gave came through.
            assert_eq!((n, count.get() as u64), (outcome.report.stage("a").unwrap().received, n));
        }
    });
}

/// Partial batches and bodies in flight are finished and delivered.
#[test]
fn shutdown_finishes_what_is_in_flight() {
    all(|live| async move {
        let (gate, begun, guards) = (Gate::default(), Counter::default(), live.clone());
        let (gate_2, begun_2, guard) = (gate.clone(), begun.clone(), live.guard());
        let running = pipeline! {
            source a = then_quiet(0..7u64, guard);
            #[in_flight(16)]
            stage b = a.map(async |n| {
                let _guard = guards.guard();
                begun_2.add();
                gate_2.pass().await;
                n
            });
            stage c = b.batch(4);
            sink s = c.collect::<Vec<Vec<u64>>>();
        }
        .spawn();
        while begun.get() < 7 {
            tokio::task::yield_now().await;
        }
        running.shutdown();
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        gate.open();
        let batches = live.wait(running).await.result.unwrap();
        assert_eq!(batches, [vec![0, 1, 2, 3], vec![4, 5, 6]]);
    });
}

/// What waits in full edges is delivered.
#[test]
fn shutdown_delivers_what_is_queued() {
    all(|live| async move {
        for buffer in [1usize, 2, 64] {
            let (gate, up) = (Gate::default(), Counter::default());
            let (gate_2, up_2) = (gate.clone(), up.clone());
            let running = pipeline! {
                #![buffer(buffer)]
                source a = 0u64..;
                stage b = a.map(|n| n);
                #[workers(2)]
                stage c = b.map(|n| n);
                sink s = c.for_each(async |_| { up_2.add(); gate_2.pass().await; });
                s
            }
            .spawn();
            while up.get() == 0 {
                tokio::task::yield_now().await;
            }
            running.shutdown();
            gate.open();
            let outcome = live.wait(running).await;
            assert_eq!(outcome.result.unwrap(), outcome.report.stage("a").unwrap().emitted);
            assert!(outcome.report.edges.iter().all(|edge| edge.abandoned == 0), "\n{}", outcome.report);
        }
    });
}

#[test]
fn shutdown_on_a_signal() {
    all(|live| async move {
        let (signal, up, guard) = (Gate::default(), Counter::default(), live.guard());
        let (signal_2, up_2) = (signal.clone(), up.clone());
        let running = pipeline! {
            source a = then_quiet(0..5u64, guard);
            sink s = a.inspect(|_| { up_2.add(); }).count();
        }
        .shutdown_on(std::future::pending::<()>())
        .shutdown_on(async move { signal_2.pass().await })
        .spawn();
        while up.get() < 5 {
            tokio::task::yield_now().await;
        }
        signal.open();
        assert_eq!(live.wait(running).await.result.unwrap(), 5);
    });
}

/// A signal that has been there before the run: nothing is lost that came, and the end is clean.
#[test]
fn shutdown_before_anything() {
    all(|live| async move {
        let out = live
            .run(
                pipeline! {
                    source a = futures::stream::pending::<u64>();
                    sink s = a.count();
                }
                .shutdown_on(async {}),
            )
            .await;
        assert_eq!(out.unwrap(), 0);
        let running = pipeline! {
            source a = futures::stream::pending::<u64>();
            #[workers(2)]
            stage b = a.map(|n| n);
            sink s = b.count();
        }
        .spawn();
        running.shutdown();
        running.shutdown();
        assert_eq!(live.wait(running).await.result.unwrap(), 0);
    });
}

/// A receiver that is a source is closed at once, and what it holds is delivered.
#[test]
fn shutdown_closes_receivers_and_delivers_what_they_hold() {
    all(|live| async move {
        let (gate, up) = (Gate::default(), Counter::default());
        let (gate_2, up_2) = (gate.clone(), up.clone());
        let (tx, rx) = tokio::sync::mpsc::channel::<u64>(16);
        let (utx, urx) = tokio::sync::mpsc::unbounded_channel::<u64>();
        let (mut otx, orx) = channel::<u64>(16);
        for n in 0..10 {
            tx.send(n).await.unwrap();
            utx.send(n).unwrap();
            otx.send(n).await.unwrap();
        }
        let running = pipeline! {
            #![buffer(1)]
            source a = rx;
            source b = urx;
            source c = orx;
            sink s = merge(a, b, c).for_each(async |_| { up_2.add(); gate_2.pass().await; });
            s
        }
        .spawn();
        while up.get() == 0 {
            tokio::task::yield_now().await;
        }
        // The sources stand before a full edge.
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        running.shutdown();
        live.step("the senders hear of it at once");
        tx.closed().await;
        utx.closed().await;
        assert!(tx.try_send(99).is_err());
        while otx.send(99).await.is_ok() {}
        live.step("the rest");
        gate.open();
        let n = live.wait(running).await.result.unwrap();
        assert!((30..=46).contains(&n), "{n}");
    });
}

/// Our own receiver too refuses at once what comes after the shutdown, and delivers exactly what came before.
#[test]
fn shutdown_closes_a_channel_at_once() {
    paused(|live| async move {
        let (gate, log) = (Gate::default(), Log::default());
        let (gate_2, log_2) = (gate.clone(), log.clone());
        let (mut tx, rx) = channel::<u64>(16);
        for n in 0..10 {
            tx.send(n).await.unwrap();
        }
        let running = pipeline! {
            #![buffer(1)]
            source a = rx;
            sink s = a.for_each(async |n| { log_2.push(n); gate_2.pass().await; });
            s
        }
        .spawn();
        quiet().await;
        running.shutdown();
        quiet().await;
        assert!(tx.send(99).await.is_err());
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), 10);
        assert_eq!(log.all(), (0..10).collect::<Vec<_>>());
    });
}

/// What is not finished within the drain time is cancelled and named.
#[test]
fn drain_to_the_millisecond() {
    paused(|live| async move {
        let guards = live.clone();
        let running = pipeline! {
            #![name = "load"]
            #![drain(5s)]
            source a = 0..9u64;
            stage b = a.map(|n| n);
            #[in_flight(3)]
            stage slow = b.map(async |n| { let _guard = guards.guard(); if n > 1 { std::future::pending::<()>().await; } n });
            sink s = slow.count();
        }
        .spawn();
        quiet().await;
        let since = Instant::now();
        running.shutdown();
        let outcome = live.wait(running).await;
        exactly(since, seconds(5));
        let failure = outcome.result.unwrap_err();
        let Cause::DrainExceeded { within, stages } = failure.cause() else { panic!("{failure}") };
        assert_eq!((*within, stages.contains(&"slow")), (seconds(5), true), "{stages:?}");
        // What has ended does not hold anything up.
        assert!(!stages.contains(&"a") && !stages.contains(&"b"), "{stages:?}");
        assert_eq!(failure.suppressed().len(), 0);
        assert!(failure.to_string().contains("`slow`"), "{failure}");
    });
}

/// The default is ten seconds.
#[test]
fn the_default_drain_time() {
    paused(|live| async move {
        let guards = live.clone();
        let running = pipeline! {
            source a = 0..9u64;
            sink s = a.for_each(async |_| { let _guard = guards.guard(); std::future::pending::<()>().await; });
            s
        }
        .spawn();
        quiet().await;
        let since = Instant::now();
        running.shutdown();
        assert_eq!(exceeded(live.wait(running).await.result), ["s"]);
        exactly(since, seconds(10));
    });
}

/// What is done within the drain time is done.
#[test]
fn just_within_the_drain_time() {
    paused(|live| async move {
        let running = pipeline! {
            #![drain(5s)]
            source a = futures::StreamExt::chain(futures::stream::iter(0..1u64), futures::stream::pending());
            sink s = a.for_each(async |_| tokio::time::sleep(seconds(4)).await);
            s
        }
        .spawn();
        quiet().await;
        running.shutdown();
        assert_eq!(live.wait(running).await.result.unwrap(), 1);
    });
}

/// A cancel during a drain is a cancel; a failure during a drain is the failure.
#[test]
fn what_happens_during_a_drain() {
    paused(|live| async move {
        for failing in [false, true] {
            let (gate, guards) = (Gate::default(), live.clone());
            let gate_2 = gate.clone();
            let running = pipeline! {
                #![error(Wrong)]
                #![drain(5s)]
                source a = 0..1u64;
                sink s = a.for_each(async |n| { let _guard = guards.guard(); gate_2.pass().await; wrong_at(0, n)?; });
                s
            }
            .spawn();
            quiet().await;
            running.shutdown();
            quiet().await;
            let since = Instant::now();
            if failing {
                gate.open();
            } else {
                running.cancel();
            }
            let failure = live.wait(running).await.result.unwrap_err();
            match failure.cause() {
                Cause::Error(Wrong::At(0)) => assert!(failing),
                Cause::Cancelled => assert!(!failing),
                _ => panic!("{failure}"),
            }
            exactly(since, Duration::ZERO);
        }
    });
}

/// A failure is no cancel, though a token is cancelled because of it.
#[test]
fn a_failure_before_a_cancel_stays_the_cause() {
    both(|live| async move {
        let token = CancellationToken::new();
        let token_2 = token.clone();
        let failure = live
            .run(
                pipeline! {
                    #![error(Wrong)]
                    source a = 0..100u64;
                    stage b = a.map(|n| wrong_at(7, n)?);
                    sink s = b.count();
                }
                .cancel_on(token),
            )
            .await
            .inspect_err(|_| token_2.cancel())
            .unwrap_err();
        assert!(matches!(failure.cause(), Cause::Error(Wrong::At(7))), "{failure}");
        assert!(failure.suppressed().is_empty());
    });
}

/// Whenever the cancel comes: it ends, and the account adds up.
#[test]
fn a_cancel_at_any_time() {
    both(|live| async move {
        for turns in 0..150 {
            let guards = live.clone();
            let running = pipeline! {
                #![buffer(3)]
                source a = 0u64..;
                #[workers(2)]
                stage b = a.flat_map(|n| vec![n; (n % 4) as usize]);
                #[in_flight(3)]
                stage c = b.map(async |n| { let _guard = guards.guard(); tokio::task::yield_now().await; n });
                stage (d, e) = c.batch(3).tee();
                sink s = d.count();
                sink t = e.for_each(async |_| tokio::task::yield_now().await);
                (s, t)
            }
            .spawn();
            for _ in 0..turns {
                tokio::task::yield_now().await;
            }
            running.cancel();
            is_cancelled(live.wait(running).await.result);
        }
    });
}

/// Whenever the shutdown comes: all that came in comes out.
#[test]
fn a_shutdown_at_any_time() {
    both(|live| async move {
        for turns in 0..150 {
            let guards = live.clone();
            let running = pipeline! {
                #![buffer(3)]
                source a = 0u64..;
                #[workers(2)]
                stage b = a.flat_map(|n| vec![n; 2]);
                #[in_flight(3)]
                stage c = b.map(async |n| { let _guard = guards.guard(); tokio::task::yield_now().await; n });
                stage (d, e) = c.tee();
                sink s = d.batch(3).fold(0, |sum, batch: Vec<u64>| sum + batch.len() as u64);
                sink t = e.collect::<Vec<_>>();
            }
            .spawn();
            for _ in 0..turns {
                tokio::task::yield_now().await;
            }
            running.shutdown();
            let outcome = live.wait(running).await;
            let (s, t) = outcome.result.unwrap();
            let n = outcome.report.stage("a").unwrap().received;
            assert_eq!((s, t.len() as u64), (2 * n, 2 * n));
            assert!(t.iter().copied().eq((0..n).flat_map(|n| [n, n])));
        }
    });
}

/// An infinite source behind whose filter nothing comes can be cancelled and lets others run, on one thread.
#[test]
fn a_busy_loop_gives_way() {
    all(|live| async move {
        for stop in ["cancel", "shutdown", "drop"] {
            let guard = live.guard();
            let running = pipeline! {
                source a = (0u64..).inspect(move |_| { let _ = &guard; });
                stage b = a.filter(|_| false);
                sink s = b.count();
            }
            .spawn();
            for _ in 0..50 {
                tokio::task::yield_now().await;
            }
            match stop {
                "cancel" => {
                    running.cancel();
                    is_cancelled(live.wait(running).await.result);
                }
                "shutdown" => {
                    running.shutdown();
                    assert_eq!(live.wait(running).await.result.unwrap(), 0);
                }
                _ => {
                    drop(running);
                    live.settled().await;
                }
            }
        }
    });
}

/// An item that comes apart into infinitely many parts, none of which goes on.
#[test]
fn an_endless_flat_map_gives_way() {
    all(|live| async move {
        let guards = live.clone();
        let running = pipeline! {
            source a = 0..2u64;
            stage b = a.flat_map(|_| { let guard = guards.guard(); (0u64..).inspect(move |_| { let _ = &guard; }) }).filter(|_| false);
            sink s = b.count();
        }
        .spawn();
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        running.cancel();
        is_cancelled(live.wait(running).await.result);
    });
}
