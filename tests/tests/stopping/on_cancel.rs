//! `on_cancel(finish)`: what has begun is finished, within the drain time, and nothing begins after that.

use std::sync::Arc;
use std::time::Duration;

use pipeline_runtime::{Cause, Running, pipeline};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::time::sleep;

use crate::clock::{Clock, millis};
use crate::support::*;

/// What a body says of itself.
type Said = (&'static str, u64);

/// A pipeline of one stage, whose bodies take as long as `$takes` says of their item; `$($policy)*` stand above it.
macro_rules! slow {
    ($clock:expr, $live:expr, $takes:expr, [$($policy:tt)*]) => {{
        let (clock, live) = ($clock.clone(), $live.clone());
        pipeline! {
            #![error(Wrong)]
            #![drain(1s)]
            #![buffer(4)]
            clone clock, live;
            source a = then_quiet(0..9u64, live.guard());
            #[on_cancel(finish), $($policy)*]
            stage b = a.map(async |n| {
                let _alive = live.guard();
                clock.note(("begun", n));
                sleep(($takes)(n)).await;
                clock.note(("ended", n));
                n
            });
            sink s = b.for_each(async |_| { std::future::pending::<()>().await });
        }
    }};
}

macro_rules! in_each_form {
    ($case:ident) => {
        $case!(1, buffer(4));
        $case!(2, workers(2));
        $case!(3, in_flight(3));
        $case!(4, in_flight(4), workers(2));
        $case!(2, in_flight(2), unordered);
        $case!(3, in_flight(3), keyed(|n| *n));
        $case!(1, inline);
    };
}

/// Of which items the bodies have said so, and when.
fn said(clock: &Clock<Said>, what: &str) -> Vec<(u64, u64)> {
    let all = clock.all().into_iter().filter(|(_, (said, _))| *said == what);
    let mut all = all.map(|(at, (_, n))| (n, at)).collect::<Vec<_>>();
    all.sort_unstable();
    all
}

/// Of so many items the bodies had begun, and all of those have ended, at this time; no other one began.
#[track_caller]
fn finished(clock: &Clock<Said>, items: usize, at: u64) {
    let begun = said(clock, "begun");
    assert!(begun.len() == items && begun.iter().all(|(_, at)| *at == 0), "{begun:?}");
    assert_eq!(said(clock, "ended"), begun.into_iter().map(|(n, _)| (n, at)).collect::<Vec<_>>());
}

#[test]
fn a_cancel_waits_for_what_has_begun() {
    macro_rules! case {
        ($items:expr, $($policy:tt)*) => {
            paused(|live| async move {
                let clock = Clock::new();
                let running = slow!(clock, live, |_| millis(500), [$($policy)*]).spawn();
                sleep(millis(200)).await;
                running.cancel();
                let outcome = live.wait(running).await;
                is_cancelled(outcome.result);
                assert_eq!(clock.now(), 500);
                finished(&clock, $items, 500);
                // What comes of it goes nowhere if nobody takes it any more.
                let stage = outcome.report.stage("b").unwrap();
                assert_eq!(stage.done + stage.discarded, stage.received, "{}", outcome.report);
            });
        };
    }
    in_each_form!(case);
}

/// No other body takes the place of one that has been finished while others go on, none that waits for it either.
#[test]
fn none_begins_beside_those_that_end_later() {
    const ENDS: [(u64, u64); 3] = [(0, 300), (1, 400), (2, 500)];
    macro_rules! case {
        ($items:expr, $($policy:tt)*) => {
            paused(|live| async move {
                let clock = Clock::new();
                let permits = Arc::new(Semaphore::new($items));
                let running = slow!(clock, live, |n| millis(300 + 100 * n), [limit(&permits), $($policy)*]).spawn();
                sleep(millis(200)).await;
                running.cancel();
                is_cancelled(live.wait(running).await.result);
                assert_eq!(said(&clock, "ended"), ENDS[..$items]);
                assert_eq!(said(&clock, "begun").len(), $items);
            });
        };
    }
    case!(3, in_flight(3));
    case!(3, in_flight(3), unordered);
    case!(3, in_flight(3), keyed(|n| *n));
    case!(2, in_flight(3));
    case!(2, in_flight(4), unordered);
    case!(2, in_flight(4), keyed(|n| *n));
}

/// In a sink the bodies are all there is, and each is counted as done.
#[test]
fn a_sink_counts_what_it_has_finished() {
    macro_rules! case {
        ($items:expr, $($policy:tt)*) => {
            paused(|live| async move {
                let clock = Clock::new();
                let told = clock.clone();
                let running = pipeline! {
                    #![error(Wrong)]
                    source a = 0..9u64;
                    #[on_cancel(finish), $($policy)*]
                    sink s = a.for_each(async |n| {
                        told.note(("begun", n));
                        sleep(millis(300)).await;
                        sleep(millis(200)).await;
                        told.note(("ended", n));
                    });
                }
                .spawn();
                sleep(millis(200)).await;
                running.cancel();
                let outcome = live.wait(running).await;
                finished(&clock, $items, 500);
                assert_eq!(outcome.report.stage("s").unwrap().done, $items);
            });
        };
    }
    case!(1, workers(1));
    case!(2, workers(2));
    case!(3, in_flight(3));
    case!(4, in_flight(4), workers(2));
    case!(1, inline);
}

/// Whatever ends the run: a deadline, a failure elsewhere, a drop of what stands for it.
#[test]
fn so_does_every_other_end() {
    macro_rules! case {
        ($items:expr, $($policy:tt)*) => {
            paused(|live| async move {
                let clock = Clock::new();
                let pipeline = slow!(clock, live, |_| millis(500), [$($policy)*]).deadline(millis(100));
                let failure = live.wait(pipeline.spawn()).await.result.unwrap_err();
                assert!(matches!(failure.cause(), Cause::Deadline(_)), "{failure}");
                assert_eq!(clock.now(), 500);
                finished(&clock, $items, 500);
            });
            paused(|live| async move {
                let clock = Clock::new();
                let running = slow!(clock, live, |_| millis(500), [$($policy)*]).spawn();
                sleep(millis(100)).await;
                drop(running);
                settled_by_the_clock(&live).await;
                finished(&clock, $items, 500);
            });
            paused(|live| async move {
                let clock = Clock::new();
                let run = slow!(clock, live, |_| millis(500), [$($policy)*]).run();
                assert!(tokio::time::timeout(millis(100), run).await.is_err());
                settled_by_the_clock(&live).await;
                finished(&clock, $items, 500);
            });
        };
    }
    in_each_form!(case);
    paused(|live| async move {
        let clock = Clock::new();
        let told = clock.clone();
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = 0..9u64;
            stage (b, c) = a.tee();
            #[on_cancel(finish)]
            sink slow = b.for_each(async |n| {
                told.note(("begun", n));
                sleep(millis(500)).await;
                told.note(("ended", n));
            });
            sink fails = c.for_each(async |n| {
                sleep(millis(100)).await;
                wrong_at(0, n)?;
            });
        };
        let failure = live.wait(pipeline.spawn()).await.result.unwrap_err();
        assert_eq!((failure.stage(), clock.now()), (Some("fails"), 500));
        finished(&clock, 1, 500);
    });
    // nobody needs it any more
    paused(|live| async move {
        let clock = Clock::new();
        let told = clock.clone();
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = 0..9u64;
            #[on_cancel(finish), in_flight(3), unordered]
            stage b = a.map(async |n| {
                sleep(millis(100 + 100 * n)).await;
                told.note(n);
                n
            });
            sink first = b.first();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), Some(0));
        assert_eq!(clock.all()[..3], [(100, 0), (200, 1), (300, 2)]);
    });
}

/// All of a statement's operators see the item.
#[test]
fn an_item_goes_through_its_whole_statement() {
    paused(|live| async move {
        let clock = Clock::new();
        let told = clock.clone();
        let running = pipeline! {
            #![error(Wrong)]
            clone told;
            source a = 0..9u64;
            #[on_cancel(finish)]
            sink s = a
                .map(async |n| { sleep(millis(300)).await; n })
                .filter(|n| *n < 5)
                .for_each(async |n| { sleep(millis(300)).await; told.note(n); });
        }
        .spawn();
        sleep(millis(100)).await;
        running.cancel();
        let outcome = live.wait(running).await;
        assert_eq!(clock.all(), [(600, 0)]);
        assert_eq!(outcome.report.stage("s").unwrap().done, 1);
    });
}

/// What is not finished by the end of the drain time is dropped, and the run says which stage that was.
#[test]
fn is_bounded_by_the_drain_time() {
    fn never(_: u64) -> Duration {
        Duration::from_secs(1_000_000)
    }
    macro_rules! case {
        ($items:expr, $($policy:tt)*) => {
            paused(|live| async move {
                let clock = Clock::new();
                let running = slow!(clock, live, never, [$($policy)*]).spawn();
                sleep(millis(200)).await;
                running.cancel();
                let outcome = live.wait(running).await;
                assert_eq!(clock.now(), 1200);
                let failure = outcome.result.unwrap_err();
                let Cause::DrainExceeded { stages, within } = failure.cause() else { panic!("{failure}") };
                // A stage that is inline shares its producer's task.
                assert!(stages.contains(&"b") && !stages.contains(&"s"), "{stages:?}");
                assert_eq!(*within, millis(1000));
                assert!(matches!(failure.suppressed()[0].cause, Cause::Cancelled), "{failure}");
                assert!(outcome.report.stage("b").unwrap().discarded >= $items, "{}", outcome.report);
            });
            paused(|live| async move {
                let clock = Clock::new();
                let running = slow!(clock, live, never, [$($policy)*]).spawn();
                sleep(millis(200)).await;
                drop(running);
                settled_by_the_clock(&live).await;
                assert!((1200..=1201).contains(&clock.now()), "{}", clock.now());
            });
            paused(|live| async move {
                let clock = Clock::new();
                let run = slow!(clock, live, never, [$($policy)*]).run();
                assert!(tokio::time::timeout(millis(200), run).await.is_err());
                settled_by_the_clock(&live).await;
                assert!((1200..=1201).contains(&clock.now()), "{}", clock.now());
            });
            // a shutdown has had that time already
            paused(|live| async move {
                let clock = Clock::new();
                let running = slow!(clock, live, never, [$($policy)*]).spawn();
                sleep(millis(200)).await;
                running.shutdown();
                let outcome = live.wait(running).await;
                assert_eq!(clock.now(), 1200);
                assert!(exceeded(outcome.result).contains(&"b"));
            });
        };
    }
    in_each_form!(case);
}

/// The attempt that is under way ends, and is the last; a wait between two ends at once.
#[test]
fn retries_end() {
    /// Attempts take 100 ms and fail, the waits between them 400 ms.
    macro_rules! run {
        ($stop:expr, $live:expr, [$($policy:tt)*]) => {{
            let (clock, live) = (Clock::new(), $live);
            let told = clock.clone();
            let running = pipeline! {
                #![error(Wrong)]
                clone live, told;
                source a = then_quiet([7], live.guard());
                #[on_cancel(finish), retry(attempts = 9, backoff = 400ms..400ms, jitter = none), $($policy)*]
                sink b = a.for_each(async |n| {
                    told.note(n);
                    sleep(millis(100)).await;
                    Err(Wrong::At(n))?
                });
            }
            .spawn();
            sleep(millis($stop)).await;
            running.cancel();
            let outcome = live.wait(running).await;
            let failure = is_cancelled(outcome.result);
            assert!(matches!(failure.suppressed()[0].cause, Cause::Error(Wrong::At(7))), "{:?}", failure.suppressed());
            assert_eq!(outcome.report.stage("b").unwrap().failed, 1);
            (clock.all(), clock.now())
        }};
    }
    macro_rules! case {
        ($($policy:tt)*) => {
            paused(|live| async move {
                assert_eq!(run!(550, live, [$($policy)*]), (vec![(0, 7), (500, 7)], 600));
            });
            paused(|live| async move {
                assert_eq!(run!(700, live, [$($policy)*]), (vec![(0, 7), (500, 7)], 700));
            });
        };
    }
    case!(workers(1));
    case!(workers(2));
    case!(in_flight(2));
    case!(inline);
}

/// `on_cancel(drop)` says what holds without it.
#[test]
fn drop_is_the_default() {
    paused(|live| async move {
        let clock = Clock::new();
        let told = clock.clone();
        let running: Running<_, Wrong> = pipeline! {
            #![error(Wrong)]
            source a = 0..9u64;
            #[on_cancel(drop)]
            sink s = a.for_each(async |n| { sleep(millis(500)).await; told.note(n); });
        }
        .spawn();
        sleep(millis(700)).await;
        running.cancel();
        let outcome = live.wait(running).await;
        assert_eq!((clock.all(), clock.now()), (vec![(500, 0)], 700));
        assert_eq!(outcome.report.stage("s").unwrap().discarded, outcome.report.stage("s").unwrap().received - 1);
    });
}

/// Waits until nothing is left of the run, where what is left may wait for a clock that is stopped: time goes on meanwhile.
async fn settled_by_the_clock(live: &Live) {
    while live.count() + Handle::current().metrics().num_alive_tasks() > 0 {
        sleep(millis(1)).await;
    }
}
