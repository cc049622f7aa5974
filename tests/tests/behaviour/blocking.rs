//! Bodies that block: on threads, waited for, and no further item once the run is stopped.

use std::time::Duration;

use pipeline_runtime::{Cause, StageState, pipeline};

use super::support::*;

#[test]
fn runs_on_other_threads() {
    on(On::One, |live| async move {
        let here = std::thread::current().id();
        let out = live
            .run(pipeline! {
                #[blocking]
                source a = { assert_ne!(std::thread::current().id(), here); 0..20u64 };
                #[blocking]
                stage b = a.map(|n| { assert_ne!(std::thread::current().id(), here); n });
                #[blocking, workers(2)]
                stage c = b.map(|n| { assert_ne!(std::thread::current().id(), here); n });
                stage d = c.map(|n| { assert_eq!(std::thread::current().id(), here); n });
                #[blocking]
                sink s = d.map(|n| { assert_ne!(std::thread::current().id(), here); n }).collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), (0..20).collect::<Vec<_>>());
    });
}

/// `wait` returns after the body has ended, and its result is counted as discarded.
#[test]
fn wait_waits_for_the_body() {
    both(|live| async move {
        for stop in ["cancel", "failure", "deadline"] {
            let (gate, up, passed, guards) = (Gate::default(), Counter::default(), Counter::default(), live.clone());
            let (gate_2, up_2, passed_2) = (gate.clone(), up.clone(), passed.clone());
            let failing = Gate::default();
            let failing_2 = failing.clone();
            let pipeline = pipeline! {
                #![error(Wrong)]
                source a = 0..100u64;
                source x = 0..1u64;
                #[blocking]
                stage b = a.map(|n| {
                    let _guard = guards.guard();
                    up_2.add();
                    gate_2.pass_blocking();
                    n
                });
                sink s = b.for_each(|_| { passed_2.add(); });
                sink t = x.for_each(async |n| { failing_2.pass().await; wrong_at(0, n)?; });
                { let _ = (s, t); }
            };
            let pipeline = if stop == "deadline" { pipeline.deadline(Duration::from_millis(500)) } else { pipeline };
            let running = pipeline.spawn();
            while up.get() == 0 {
                tokio::task::yield_now().await;
            }
            match stop {
                "cancel" => running.cancel(),
                "failure" => failing.open(),
                _ => {}
            }
            live.step("the others end");
            while running.report().stage("s").unwrap().state != StageState::Ended {
                tokio::task::yield_now().await;
            }
            let mut wait = std::pin::pin!(running.wait());
            for _ in 0..200 {
                tokio::task::yield_now().await;
                let polled = wait.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
                assert!(polled.is_pending(), "{stop}: it has not waited for the body");
            }
            assert_eq!(live.count(), 1);
            live.step("the body ends");
            gate.open();
            let outcome = wait.await;
            assert_eq!(live.count(), 0);
            accounted(&outcome.report);
            let failure = outcome.result.unwrap_err();
            match failure.cause() {
                Cause::Cancelled => assert_eq!(stop, "cancel"),
                Cause::Error(Wrong::At(0)) => assert_eq!(stop, "failure"),
                Cause::Deadline(_) => assert_eq!(stop, "deadline"),
                _ => panic!("{failure}"),
            }
            // No further item was taken up, and the result went nowhere.
            assert_eq!((up.get(), passed.get()), (1, 0), "{stop}");
            assert_eq!(outcome.report.stage("b").unwrap().discarded, 1, "{stop}\n{}", outcome.report);
        }
    });
}

/// So it is in a stage that is not declared blocking: the body runs to its return.
#[test]
fn a_body_that_blocks_its_task() {
    on(On::Two, |live| async move {
        let (gate, up, guards) = (Gate::default(), Counter::default(), live.clone());
        let (gate_2, up_2) = (gate.clone(), up.clone());
        let running = pipeline! {
            source a = 0..100u64;
            stage b = a.map(|n| {
                let _guard = guards.guard();
                up_2.add();
                gate_2.pass_blocking();
                n
            });
            sink s = b.count();
        }
        .spawn();
        while up.get() == 0 {
            tokio::task::yield_now().await;
        }
        running.cancel();
        let opener = std::thread::spawn(move || gate.open());
        is_cancelled(live.wait(running).await.result);
        opener.join().unwrap();
    });
}

/// A body that goes on beyond the drain time is named, and `wait` returns.
#[test]
fn a_body_beyond_the_drain_time_is_named() {
    both(|live| async move {
        for stop in ["shutdown", "cancel"] {
            let (gate, up, guards) = (Gate::default(), Counter::default(), live.clone());
            let (gate_2, up_2) = (gate.clone(), up.clone());
            let running = pipeline! {
                #![drain(30ms)]
                source a = 0..100u64;
                #[blocking]
                stage stuck = a.map(|n| {
                    let _guard = guards.guard();
                    up_2.add();
                    gate_2.pass_blocking();
                    n
                });
                sink s = stuck.count();
            }
            .spawn();
            while up.get() == 0 {
                tokio::task::yield_now().await;
            }
            match stop {
                "shutdown" => running.shutdown(),
                _ => running.cancel(),
            }
            let outcome = running.wait().await;
            assert_eq!(outcome.report.stage("stuck").unwrap().state, StageState::Running, "the report says so");
            let failure = outcome.result.unwrap_err();
            let Cause::DrainExceeded { within, stages } = failure.cause() else { panic!("{stop}: {failure}") };
            assert_eq!(*within, Duration::from_millis(30));
            // After the cancel that followed, or came first, only the body itself is left.
            assert!(stages.contains(&"stuck"), "{stop}: {stages:?}");
            assert!(stop == "shutdown" || *stages == ["stuck"], "{stop}: {stages:?}");
            let suppressed = failure.suppressed();
            match stop {
                "shutdown" => assert!(suppressed.is_empty(), "told once: {suppressed:?}"),
                _ => {
                    assert!(matches!(suppressed, [later] if matches!(later.cause, Cause::Cancelled)), "{suppressed:?}")
                }
            }
            assert_eq!(live.count(), 1);
            gate.open();
            live.settled().await;
        }
    });
}

/// A failure stays the cause, though something goes on beyond the drain time.
#[test]
fn a_failure_before_the_drain_time_was_exceeded() {
    both(|live| async move {
        let (gate, up, guards) = (Gate::default(), Counter::default(), live.clone());
        let (gate_2, up_2, up_3) = (gate.clone(), up.clone(), up.clone());
        let running = pipeline! {
            #![error(Wrong)]
            #![drain(30ms)]
            source a = 0..100u64;
            #[blocking]
            stage stuck = a.map(|n| {
                let _guard = guards.guard();
                up_2.add();
                gate_2.pass_blocking();
                n
            });
            source x = 0..1u64;
            sink s = stuck.count();
            sink t = x.for_each(async |n| {
                while up_3.get() == 0 { tokio::task::yield_now().await; }
                wrong_at(0, n)?;
            });
            { let _ = (s, t); }
        }
        .spawn();
        let failure = running.wait().await.result.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Error(Wrong::At(0))), "{failure}");
        assert!(matches!(&failure.suppressed()[0].cause, Cause::DrainExceeded { stages, .. } if *stages == ["stuck"]));
        gate.open();
        live.settled().await;
    });
}

/// One thread for all of them: none keeps it while it waits for an edge.
#[test]
fn several_blocking_stages_on_one_thread() {
    for kind in [On::One, On::Two, On::Paused] {
        with_blocking_threads(kind, 1, |live| async move {
            for buffer in [0usize, 1, 64] {
                let out = live
                    .run(pipeline! {
                        #![buffer(buffer)]
                        #[blocking]
                        source a = 0..200u64;
                        #[blocking]
                        stage b = a.map(|n| n + 1);
                        #[blocking, workers(3)]
                        stage c = b.map(|n| n + 1);
                        #[blocking]
                        stage d = c.map(|n| n + 1);
                        #[blocking]
                        sink s = d.collect::<Vec<_>>();
                    })
                    .await;
                assert_eq!(out.unwrap(), (3..203).collect::<Vec<_>>());
            }
        });
    }
}

/// Cancelled while their turn for the only thread has not come.
#[test]
fn a_cancel_while_no_thread_is_free() {
    for kind in [On::One, On::Two] {
        with_blocking_threads(kind, 1, |live| async move {
            let (gate, up, guards) = (Gate::default(), Counter::default(), live.clone());
            let (gate_2, up_2) = (gate.clone(), up.clone());
            let running = pipeline! {
                source a = 0..100u64;
                source b = 0..100u64;
                #[blocking]
                sink s = a.for_each(|_| { let _guard = guards.guard(); up_2.add(); gate_2.pass_blocking(); });
                #[blocking]
                sink t = b.for_each(|_| ());
                { let _ = (s, t); }
            }
            .spawn();
            while up.get() == 0 {
                tokio::task::yield_now().await;
            }
            running.cancel();
            gate.open();
            is_cancelled(live.wait(running).await.result);
        });
    }
}

/// Shutdown waits for the body and delivers its result.
#[test]
fn shutdown_delivers_the_result() {
    both(|live| async move {
        let (gate, up, guard) = (Gate::default(), Counter::default(), live.guard());
        let (gate_2, up_2) = (gate.clone(), up.clone());
        let running = pipeline! {
            source a = then_quiet(0..3u64, guard);
            #[blocking]
            stage b = a.map(|n| { up_2.add(); gate_2.pass_blocking(); n });
            sink s = b.collect::<Vec<_>>();
        }
        .spawn();
        while up.get() == 0 {
            tokio::task::yield_now().await;
        }
        running.shutdown();
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), [0, 1, 2]);
    });
}

/// A dropped `Running` too: the body ends, nothing further begins.
#[test]
fn a_running_that_is_dropped() {
    both(|live| async move {
        let (gate, up, guards) = (Gate::default(), Counter::default(), live.clone());
        let (gate_2, up_2) = (gate.clone(), up.clone());
        let running = pipeline! {
            source a = 0..100u64;
            #[blocking, workers(2)]
            stage b = a.map(|n| { let _guard = guards.guard(); up_2.add(); gate_2.pass_blocking(); n });
            sink s = b.count();
        }
        .spawn();
        while up.get() < 2 {
            tokio::task::yield_now().await;
        }
        drop(running);
        gate.open();
        live.settled().await;
        assert_eq!(up.get(), 2);
    });
}

/// An early end while a body blocks: the run is over when the body is.
#[test]
fn an_early_end_waits_for_the_body() {
    both(|live| async move {
        let (gate, up, guards) = (Gate::default(), Counter::default(), live.clone());
        let (gate_2, up_2, up_3) = (gate.clone(), up.clone(), up.clone());
        let running = pipeline! {
            source a = 0..100u64;
            #[blocking]
            stage b = a.map(|n| { let _guard = guards.guard(); up_2.add(); if n > 0 { gate_2.pass_blocking(); } n });
            sink s = b
                .filter(async |_| {
                    // The end comes while the next body stands still.
                    while up_3.get() < 2 { tokio::task::yield_now().await; }
                    true
                })
                .first();
        }
        .spawn();
        while up.get() < 2 {
            tokio::task::yield_now().await;
        }
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), Some(0));
    });
}

/// A blocking source that stands still: shutdown and cancel are honoured as soon as it comes back.
#[test]
fn a_blocking_source_can_be_stopped() {
    both(|live| async move {
        for stop in ["shutdown", "cancel"] {
            let (gate, up, guard) = (Gate::default(), Counter::default(), live.guard());
            let (gate_2, up_2) = (gate.clone(), up.clone());
            let running = pipeline! {
                #[blocking]
                source a = (0u64..).map(move |n| { let _ = &guard; up_2.add(); if n == 5 { gate_2.pass_blocking(); } n });
                sink s = a.count();
            }
            .spawn();
            while up.get() < 6 {
                tokio::task::yield_now().await;
            }
            match stop {
                "shutdown" => running.shutdown(),
                _ => running.cancel(),
            }
            gate.open();
            let outcome = live.wait(running).await;
            match stop {
                "shutdown" => assert_eq!(outcome.result.unwrap(), outcome.report.stage("a").unwrap().received),
                _ => drop(is_cancelled(outcome.result)),
            }
        }
    });
}
