//! `timeout`: one attempt, and all of them together.

use pipeline_runtime::{Cause, Failed, Failure, pipeline};
use tokio::time::sleep;

use super::clock::{Clock, millis};
use crate::support::*;

/// The stage and the limit of a run that a timeout has ended.
#[track_caller]
fn timed_out<O: std::fmt::Debug, E: std::fmt::Debug>(
    result: Result<O, Failure<E>>,
) -> (Option<&'static str>, u128, bool) {
    let failure = result.unwrap_err();
    match failure.cause() {
        Cause::Timeout(timeout) => {
            assert_eq!(failure.stage(), Some(timeout.stage));
            (failure.stage(), timeout.limit.as_millis(), timeout.total)
        }
        other => panic!("{other:?}"),
    }
}

/// To the millisecond: a body that takes as long as it may is in time.
#[test]
fn ends_a_body_at_its_limit() {
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = pipeline! {
            clone live, clock;
            source a = [10, 99, 101, 5];
            #[timeout(100ms)]
            stage b = a.map(async |n| {
                let _guard = live.guard();
                sleep(millis(n)).await;
                n
            });
            sink s = b.for_each(|n| clock.note(n));
            s
        };
        let running = pipeline.spawn();
        let outcome = live.wait(running).await;
        assert_eq!(clock.all(), [(10, 10), (109, 99)]);
        assert_eq!(clock.now(), 209);
        assert_eq!(
            outcome.result.as_ref().unwrap_err().to_string(),
            format!("pipeline `{}` failed in stage `b`: a body took longer than 100ms", outcome.report.name)
        );
        assert_eq!(timed_out(outcome.result), (Some("b"), 100, false));
        let stage = outcome.report.stage("b").unwrap();
        assert_eq!((stage.failed, stage.attempts, stage.retries, stage.timeouts), (1, 3, 0, 1));
    });
}

/// A body's own error is none of the limit's, and `else` tells them apart.
#[test]
fn is_told_from_an_error() {
    all(|live| async move {
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = 0..6u64;
            #[timeout(20ms)]
            stage b = a.map(async |ref n| {
                if n % 3 == 2 { std::future::pending::<()>().await }
                wrong_at(1, *n)?
            }) else bad;
            sink good = b.collect::<Vec<u64>>();
            sink told = bad.map(|bad| match bad.error() {
                Failed::Error(error) => format!("{error} in {}", bad.stage()),
                Failed::Timeout(timeout) => format!("{:?} at {} in {}", bad.item().unwrap(), timeout, timeout.stage),
                Failed::Open(open) => format!("{open}"),
            }).collect::<Vec<_>>();
        };
        let (good, told) = live.run(pipeline).await.unwrap();
        assert_eq!(good, [0, 3, 4]);
        let late = |n| format!("{n} at a body took longer than 20ms in b");
        assert_eq!(told, ["wrong at 1 in b".to_owned(), late(2), late(5)]);
    });
}

/// What failed in the input is of the same type.
#[test]
fn of_an_input_that_has_failed() {
    paused(|live| async move {
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = (0..4u64).map(|n| wrong_at(2, n)).collect::<Vec<_>>();
            #[timeout(20ms)]
            stage b = a?.map(async |n| {
                sleep(millis(n * 10)).await;
                n
            }) else bad;
            sink good = b.collect::<Vec<u64>>();
            sink told = bad.map(|bad| bad.error().to_string()).collect::<Vec<_>>();
        };
        let (good, told) = live.run(pipeline).await.unwrap();
        assert_eq!(
            (good, told),
            (vec![0, 1], vec!["wrong at 2".to_owned(), "a body took longer than 20ms".to_owned()])
        );
    });
}

/// Skipped items leave no gap in time: the next body begins at once.
#[test]
fn skips() {
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = pipeline! {
            clone clock;
            source a = [200, 50, 200, 50];
            #[timeout(100ms), on_error(skip)]
            stage b = a.map(async |n| {
                sleep(millis(n)).await;
                n
            });
            sink s = b.for_each(|n| clock.note(n));
            s
        };
        let running = pipeline.spawn();
        let outcome = live.wait(running).await;
        assert_eq!(outcome.result.unwrap(), 2);
        assert_eq!(clock.all(), [(150, 50), (300, 50)]);
        assert_eq!(outcome.report.stage("b").unwrap().skipped, 2);
    });
}

/// Each body in flight has a time of its own, and the order is kept.
#[test]
fn in_flight() {
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = pipeline! {
            clone live, clock;
            source a = [90, 500, 10, 80, 600];
            #[in_flight(3), timeout(100ms)]
            stage b = a.map(async |ref n| {
                let _guard = live.guard();
                sleep(millis(*n)).await;
                *n
            }) else late;
            stage all = merge(Ok(b), Err(late));
            sink s = all.for_each(|n| clock.note(n.map_err(|late| late.into_parts().0.unwrap())));
            s
        };
        assert_eq!(live.run(pipeline).await.unwrap(), 5);
        // the last two begin when a slot is free
        let mut all = clock.all();
        all.sort_unstable();
        assert_eq!(all, [(90, Ok(90)), (100, Ok(10)), (100, Err(500)), (170, Ok(80)), (200, Err(600))]);
    });
}

/// Under workers, and with one of them per key.
#[test]
fn workers() {
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = pipeline! {
            clone clock;
            source a = [300, 20, 300, 40];
            #[workers(4), timeout(100ms), on_error(skip)]
            stage b = a.map(async |n| {
                sleep(millis(n)).await;
                n
            });
            sink s = b.for_each(|n| clock.note(n));
            s
        };
        assert_eq!(live.run(pipeline).await.unwrap(), 2);
        assert!(clock.now() <= 400);
        assert_eq!(clock.all().iter().map(|(_, n)| *n).collect::<Vec<_>>(), [20, 40]);
        let pipeline = pipeline! {
            source a = [1, 2, 1, 2];
            #[keyed(|n| *n), workers(2), in_flight(2), timeout(100ms), on_error(skip)]
            stage b = a.map(async |n| {
                sleep(millis(n * 60)).await;
                n
            });
            sink s = b.collect::<Vec<_>>();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), [1, 1]);
    });
}

/// A value and not a literal; one that cannot be ends the run before it begins.
#[test]
fn of_a_value() {
    all(|live| async move {
        let limit = millis(30);
        let pipeline = pipeline! {
            source a = 0..3;
            #[timeout(limit)]
            stage b = a.map(async |_| std::future::pending::<()>().await);
            sink s = b.count();
        };
        assert_eq!(timed_out(live.run(pipeline).await), (Some("b"), 30, false));
        let limit = millis(0);
        let pipeline = pipeline! {
            source a = 0..3;
            #[timeout(limit)]
            sink s = a.for_each(async |_| std::future::pending::<()>().await);
        };
        let failure = live.run(pipeline).await.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Config(problem) if problem == "`timeout` of stage `s` is zero"));
    });
}

/// The statement's other operators are not timed, nor is the wait for room in its output.
#[test]
fn times_nothing_but_the_body() {
    paused(|live| async move {
        let pipeline = pipeline! {
            source a = 0..4u64;
            #[timeout(100ms), buffer(1)]
            stage b = a.map(async |n| {
                sleep(millis(50)).await;
                n
            });
            sink s = b.for_each(async |_| sleep(millis(1000)).await);
            s
        };
        assert_eq!(live.run(pipeline).await.unwrap(), 4);
    });
}

/// All attempts together: the one that runs then is ended, and the limit that was passed is told.
#[test]
fn total() {
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = pipeline! {
            clone clock;
            source a = [1];
            #[timeout(100ms, total = 350ms), retry(attempts = 9, backoff = 50ms..50ms, jitter = none)]
            stage b = a.map(async |ref n: u64| {
                clock.note(*n);
                sleep(millis(1000)).await;
            });
            sink s = b.count();
        };
        let running = pipeline.spawn();
        let outcome = live.wait(running).await;
        // the third one has 50 ms left
        assert_eq!(clock.all(), [(0, 1), (150, 1), (300, 1)]);
        assert_eq!(clock.now(), 350);
        assert_eq!(timed_out(outcome.result), (Some("b"), 350, true));
        let stage = outcome.report.stage("b").unwrap();
        assert_eq!((stage.attempts, stage.retries, stage.timeouts, stage.failed), (3, 2, 3, 1));
    });
}

/// A wait at whose end no time is left is not begun: the item fails with what its last attempt has said.
#[test]
fn total_ends_no_wait() {
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone clock;
            source a = 0..2u64;
            #[timeout(100ms, total = 240ms), retry(attempts = 9, backoff = 100ms..100ms, jitter = none)]
            stage b = a.map(async |n| {
                clock.note(n);
                sleep(millis(20)).await;
                wrong_at(1, n)?
            });
            sink s = b.count();
        };
        let failure = live.run(pipeline).await.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Error(Wrong::At(1))), "{failure}");
        assert_eq!(clock.all(), [(0, 0), (20, 1), (140, 1)]);
        assert_eq!(clock.now(), 160);
    });
}

/// Also one that never waits for anything, and only gives way when it has used up what a task may do at a time.
#[test]
fn ends_a_body_that_is_always_at_work() {
    both(|live| async move {
        let pipeline = pipeline! {
            source a = 0..1u64;
            #[timeout(10ms)]
            stage b = a.map(async |n| {
                loop {
                    tokio::task::consume_budget().await;
                    if n == 1 { break n }
                }
            });
            sink s = b.count();
        };
        assert_eq!(timed_out(live.wait(pipeline.spawn()).await.result), (Some("b"), 10, false));
    });
}
