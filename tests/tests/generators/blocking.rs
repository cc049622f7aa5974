//! Generators that block their thread, and iterators that do.

use std::sync::mpsc;
use std::time::Duration;

use pipeline_runtime::{Cause, StageState, pipeline};

use super::support::*;

#[test]
fn sends_all_in_order_on_another_thread() {
    all(|live| async move {
        let here = std::thread::current().id();
        for buffer in [0usize, 1, 64] {
            let guard = live.guard();
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    #[blocking]
                    source a = |out| {
                        let _guard = guard;
                        assert_ne!(std::thread::current().id(), here);
                        for n in 0..500u64 {
                            if !out.send(n) { return }
                        }
                    };
                    sink s = a.collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), (0..500).collect::<Vec<_>>());
        }
    });
}

/// Each item goes out at once, for the thread may stand still afterwards.
#[test]
fn keeps_nothing_back() {
    both(|live| async move {
        let (seen, gate, guard) = (Counter::default(), Gate::default(), live.guard());
        let (seen_2, gate_2) = (seen.clone(), gate.clone());
        let running = pipeline! {
            #[blocking]
            source a = |out| {
                let _guard = guard;
                for n in 0..3u64 {
                    if !out.send(n) { return }
                }
                gate_2.pass_blocking();
                let _ = out.send(3);
            };
            sink s = a.inspect(|_| { seen_2.add(); }).count();
        }
        .spawn();
        while seen.get() < 3 {
            tokio::task::yield_now().await;
        }
        // And each is counted.
        assert_eq!(running.report().stage("a").unwrap().emitted, 3);
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), 4);
    });
}

/// What a stopped generator saw: `send` gave `false`, whatever it waited for, and went on to do so.
#[test]
fn every_stop_is_told() {
    both(|live| async move {
        for buffer in [0usize, 1, 64] {
            for stop in ["cancel", "drop", "shutdown", "deadline", "early end"] {
                for at in ["full", "endless"] {
                    live.step(stop);
                    let (up, told, gate, guard) =
                        (Counter::default(), Counter::default(), Gate::default(), live.guard());
                    let (up_2, told_2, gate_2) = (up.clone(), told.clone(), gate.clone());
                    let pipeline = pipeline! {
                        #![buffer(buffer)]
                        #[blocking]
                        source a = |out| {
                            let _guard = guard;
                            for n in 0u64.. {
                                up_2.add();
                                if !out.send(n) { break }
                            }
                            assert!(!out.send(0), "once it is over it is over");
                            told_2.add();
                        };
                        stage b = a.map(async |n| { if at == "full" { gate_2.pass().await } n });
                        stage c = b.take(if stop == "early end" { 1 } else { usize::MAX });
                        sink s = c.collect::<Vec<_>>();
                    };
                    let pipeline =
                        if stop == "deadline" { pipeline.deadline(Duration::from_millis(200)) } else { pipeline };
                    let running = pipeline.spawn();
                    // A stop may have been told before the edge is full.
                    while up.get() <= buffer.min(2) && told.get() == 0 {
                        tokio::task::yield_now().await;
                    }
                    if stop == "early end" {
                        gate.open();
                    }
                    match stop {
                        "cancel" => running.cancel(),
                        "shutdown" => running.shutdown(),
                        "drop" => {
                            drop(running);
                            live.settled().await;
                            assert_eq!(told.get(), 1);
                            continue;
                        }
                        _ => {}
                    }
                    // Told while the consumer still stands.
                    while told.get() == 0 {
                        tokio::task::yield_now().await;
                    }
                    gate.open();
                    let outcome = live.wait(running).await;
                    let (a, edge) = (outcome.report.stage("a").unwrap(), &outcome.report.edges[0]);
                    assert_eq!((a.received, a.discarded), (a.done + 2, 2), "{}", outcome.report);
                    match (stop, outcome.result) {
                        ("cancel", result) => drop(is_cancelled(result)),
                        ("shutdown", result) => {
                            assert_eq!(result.unwrap(), (0..a.done).collect::<Vec<_>>());
                            assert_eq!(edge.received, a.done, "{}", outcome.report);
                        }
                        ("deadline", result) => assert!(matches!(result.unwrap_err().cause(), Cause::Deadline(_))),
                        (_, result) => assert_eq!(result.unwrap(), [0]),
                    }
                }
            }
        }
    });
}

/// The clock may stand still: no end of a blocked `send` needs it.
#[test]
fn stopped_while_time_stands_still() {
    paused(|live| async move {
        for stop in ["cancel", "shutdown"] {
            let (guard, gate, up) = (live.guard(), Gate::default(), Counter::default());
            let (gate_2, up_2) = (gate.clone(), up.clone());
            let running = pipeline! {
                #[blocking, buffer(1)]
                source a = |out| { let _guard = guard; while out.send(1u64) { up_2.add(); } };
                sink s = a.for_each(async |_| gate_2.pass().await);
                s
            }
            .spawn();
            while up.get() < 2 {
                tokio::task::yield_now().await;
            }
            match stop {
                "cancel" => {
                    running.cancel();
                    is_cancelled(live.wait(running).await.result);
                }
                _ => {
                    running.shutdown();
                    gate.open();
                    assert!(live.wait(running).await.result.unwrap() >= 2);
                }
            }
        }
    });
}

#[test]
fn a_question_mark_fails_the_run() {
    all(|live| async move {
        let guard = live.guard();
        let failure = live
            .run(pipeline! {
                #![error(Wrong)]
                #[blocking]
                source numbers = |out| {
                    let _guard = guard;
                    for text in ["1", "2", "x", "4"] {
                        if !out.send(text.parse::<u64>()?) { return }
                    }
                };
                sink s = numbers.count();
            })
            .await
            .unwrap_err();
        assert_eq!(failure.stage(), Some("numbers"));
        assert!(matches!(failure.cause(), Cause::Error(Wrong::Number(_))), "{failure}");
        assert_eq!(failure.report().stage("numbers").unwrap().done, 2);
    });
}

#[test]
fn a_panic_fails_the_run() {
    all(|live| async move {
        let guard = live.guard();
        let failure = live
            .run(pipeline! {
                #[blocking]
                source numbers = |out| {
                    let _guard = guard;
                    let _ = out.send(1u64);
                    panic!("no more numbers");
                };
                sink s = numbers.count();
            })
            .await
            .unwrap_err();
        assert_eq!(failure.stage(), Some("numbers"));
        assert!(matches!(failure.cause(), Cause::Panic(text) if text == "no more numbers"), "{failure}");
    });
}

/// A failure never looks like the end of the items.
#[test]
fn a_failure_is_no_end() {
    both(|live| async move {
        for panics in [true, false] {
            let ended = Counter::default();
            let ended_2 = ended.clone();
            let result = live
                .run(pipeline! {
                    #![error(Wrong)]
                    #[blocking]
                    source a = |out| {
                        let _ = out.send(1u64);
                        assert!(!panics, "no more");
                        wrong_at(2, 2)?;
                    };
                    stage b = a.process(async |input, output| {
                        while let Some(n) = input.next().await { output.send(n).await; }
                        ended_2.add();
                    });
                    sink s = b.count();
                })
                .await;
            assert!(result.is_err());
            assert_eq!(ended.get(), 0);
        }
    });
}

/// A body that stands still elsewhere is waited for up to the drain time, and then named.
#[test]
fn a_body_beyond_the_drain_time_is_named() {
    both(|live| async move {
        for stop in ["shutdown", "cancel"] {
            for iterator in [true, false] {
                let (gate, up, guard) = (Gate::default(), Counter::default(), live.guard());
                let (gate_2, up_2) = (gate.clone(), up.clone());
                let running = if iterator {
                    pipeline! {
                        #![drain(30ms)]
                        #[blocking]
                        source stuck = (0..3u64).inspect(move |n| {
                            let _ = &guard;
                            up_2.add();
                            if *n == 2 { gate_2.pass_blocking(); }
                        });
                        sink s = stuck.count();
                    }
                    .spawn()
                } else {
                    pipeline! {
                        #![drain(30ms)]
                        #[blocking]
                        source stuck = |out| {
                            let _guard = guard;
                            for n in 0..3u64 {
                                up_2.add();
                                if n == 2 { gate_2.pass_blocking(); }
                                if !out.send(n) { return }
                            }
                        };
                        sink s = stuck.count();
                    }
                    .spawn()
                };
                while up.get() < 3 {
                    tokio::task::yield_now().await;
                }
                match stop {
                    "shutdown" => running.shutdown(),
                    _ => running.cancel(),
                }
                let outcome = running.wait().await;
                let stuck = outcome.report.stage("stuck").unwrap();
                assert_eq!(stuck.state, StageState::Running, "the report says so");
                assert_eq!(stuck.emitted, 2, "and what it has sent");
                let failure = outcome.result.unwrap_err();
                let Cause::DrainExceeded { stages, .. } = failure.cause() else { panic!("{stop}: {failure}") };
                assert!(stages.contains(&"stuck"), "{stop}: {stages:?}");
                assert_eq!(live.count(), 1);
                gate.open();
                live.settled().await;
            }
        }
    });
}

/// The early end of its consumer, while the body stands still elsewhere: the run is over when the body is.
#[test]
fn an_early_end_waits_for_the_body() {
    both(|live| async move {
        let (gate, up, guard) = (Gate::default(), Counter::default(), live.guard());
        let (gate_2, up_2) = (gate.clone(), up.clone());
        let running = pipeline! {
            #[blocking]
            source a = |out| {
                let _guard = guard;
                let _ = out.send(0u64);
                up_2.add();
                gate_2.pass_blocking();
                assert!(!out.send(1));
            };
            sink s = a.first();
        }
        .spawn();
        while up.get() == 0 || running.report().stage("s").unwrap().state != StageState::Ended {
            tokio::task::yield_now().await;
        }
        assert_eq!(live.count(), 1);
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), Some(0));
    });
}

/// Stopped while no thread is free for it: it does not begin.
#[test]
fn stopped_before_it_has_a_thread() {
    for kind in [On::One, On::Two] {
        with_blocking_threads(kind, 1, |live| async move {
            for stop in ["cancel", "shutdown"] {
                let (gate, up, begun, guard) = (Gate::default(), Counter::default(), Counter::default(), live.guard());
                let (gate_2, up_2, begun_2) = (gate.clone(), up.clone(), begun.clone());
                let other = tokio::task::spawn_blocking(move || {
                    up_2.add();
                    gate_2.pass_blocking();
                });
                while up.get() == 0 {
                    tokio::task::yield_now().await;
                }
                let running = pipeline! {
                    #[blocking]
                    source a = |out| { let _guard = guard; begun_2.add(); let _ = out.send(1u64); };
                    sink s = a.count();
                }
                .spawn();
                for _ in 0..20 {
                    tokio::task::yield_now().await;
                }
                match stop {
                    "cancel" => {
                        running.cancel();
                        is_cancelled(live.wait(running).await.result);
                    }
                    _ => {
                        running.shutdown();
                        assert_eq!(live.wait(running).await.result.unwrap(), 0);
                    }
                }
                assert_eq!(begun.get(), 0);
                gate.open();
                other.await.unwrap();
            }
        });
    }
}

/// The runtime goes while a `send` waits: it is told, or the runtime would wait for its thread for ever.
#[test]
fn a_runtime_that_is_dropped() {
    for threads in [0, 2] {
        let mut builder = match threads {
            0 => tokio::runtime::Builder::new_current_thread(),
            _ => tokio::runtime::Builder::new_multi_thread(),
        };
        let runtime = builder.worker_threads(threads.max(1)).enable_all().build().unwrap();
        let (tx, told) = mpsc::channel();
        let (up, gate) = (Counter::default(), Gate::default());
        let up_2 = up.clone();
        runtime.block_on(async move {
            pipeline! {
                #[blocking, buffer(1)]
                source a = |out| {
                    while out.send(1u64) { up_2.add(); }
                    tx.send(()).unwrap();
                };
                sink s = a.for_each(async |_| gate.pass().await);
                s
            }
            .spawn()
            .detach();
            while up.get() < 2 {
                tokio::task::yield_now().await;
            }
        });
        let dropping = std::thread::spawn(move || drop(runtime));
        told.recv_timeout(Duration::from_secs(10)).expect("told that it is over");
        dropping.join().unwrap();
    }
}

/// The body may block on futures, and send from within.
#[test]
fn sends_from_within_a_future() {
    both(|live| async move {
        let guard = live.guard();
        let out = live
            .run(pipeline! {
                #[blocking, buffer(1)]
                source a = |out| {
                    let _guard = guard;
                    tokio::runtime::Handle::current().block_on(async {
                        for n in 0..10u64 {
                            tokio::task::yield_now().await;
                            if !out.send(n) { break }
                        }
                    });
                };
                sink s = a.map(async |n| { tokio::task::yield_now().await; n }).count();
            })
            .await;
        assert_eq!(out.unwrap(), 10);
    });
}

/// The output may be taken to another thread; it ends with the body.
#[test]
fn the_output_on_another_thread() {
    both(|live| async move {
        let (gate, log) = (Gate::default(), Log::default());
        let (gate_2, log_2) = (gate.clone(), log.clone());
        let out = live
            .run(pipeline! {
                #[blocking]
                source a = |out| {
                    let _ = out.send(1u64);
                    std::thread::spawn(move || {
                        gate_2.pass_blocking();
                        log_2.push(out.send(2));
                    });
                };
                sink s = a.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [1]);
        gate.open();
        while log.len() == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(log.all(), [false]);
    });
}
