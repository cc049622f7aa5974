//! Cancel, shutdown and drop while an item waits for its next attempt.

use pipeline_runtime::{Cause, pipeline};
use tokio::time::sleep;

use super::clock::{Clock, millis};
use crate::support::*;

/// A pipeline whose one item fails until the clock says so; `$($setting)*` stand above its stage.
macro_rules! failing_until {
    ($end:expr, $clock:expr, $live:expr, [$($policy:tt)*]) => {{
        let (clock, live, end) = ($clock.clone(), $live.clone(), $end);
        pipeline! {
            #![error(Wrong)]
            #![drain(1s)]
            clone live, clock;
            source a = then_quiet([7], live.guard());
            #[$($policy)*]
            stage b = a.map(async |n| {
                clock.note(n);
                if clock.now() < end { Err(Wrong::At(n))? }
                n
            });
            sink s = b.collect::<Vec<_>>();
        }
    }};
}

macro_rules! in_each_form {
    ($test:ident) => {
        $test!(retry(attempts = 9, backoff = 400ms..400ms, jitter = none));
        $test!(workers(2), retry(attempts = 9, backoff = 400ms..400ms, jitter = none));
        $test!(in_flight(2), retry(attempts = 9, backoff = 400ms..400ms, jitter = none));
        $test!(timeout(1s), in_flight(2), retry(attempts = 9, backoff = 400ms..400ms, jitter = none));
    };
}

/// A cancel ends the wait at once, and the item is discarded.
#[test]
fn cancel_ends_the_wait() {
    macro_rules! case {
        ($($policy:tt)*) => {
            paused(|live| async move {
                let clock = Clock::new();
                let running = failing_until!(u64::MAX, clock, live, [$($policy)*]).spawn();
                sleep(millis(500)).await;
                running.cancel();
                let outcome = live.wait(running).await;
                is_cancelled(outcome.result);
                assert_eq!(clock.now(), 500);
                assert_eq!(clock.all(), [(0, 7), (400, 7)]);
                assert_eq!(outcome.report.stage("b").unwrap().discarded, 1);
            });
        };
    }
    in_each_form!(case);
}

/// A shutdown lets the attempts go on for as long as the drain time lasts.
#[test]
fn shutdown_waits_for_it() {
    macro_rules! case {
        ($($policy:tt)*) => {
            paused(|live| async move {
                let clock = Clock::new();
                let running = failing_until!(1200, clock, live, [$($policy)*]).spawn();
                sleep(millis(500)).await;
                running.shutdown();
                let outcome = live.wait(running).await;
                assert_eq!(outcome.result.unwrap(), [7]);
                assert_eq!(clock.now(), 1200);
            });
        };
    }
    in_each_form!(case);
}

/// And no longer: then the run says what held it up.
#[test]
fn shutdown_does_not_wait_for_ever() {
    macro_rules! case {
        ($($policy:tt)*) => {
            paused(|live| async move {
                let clock = Clock::new();
                let running = failing_until!(u64::MAX, clock, live, [$($policy)*]).spawn();
                sleep(millis(500)).await;
                running.shutdown();
                let outcome = live.wait(running).await;
                assert_eq!(clock.now(), 1500);
                assert!(exceeded(outcome.result).contains(&"b"));
                assert_eq!(outcome.report.stage("b").unwrap().discarded, 1);
                assert_eq!(clock.all().len(), 4);
            });
        };
    }
    in_each_form!(case);
}

/// So does a drop, and an error elsewhere is what the run ends with.
#[test]
fn drop_and_failure_end_the_wait() {
    paused(|live| async move {
        let clock = Clock::new();
        let running = failing_until!(u64::MAX, clock, live, [retry(attempts = 9, backoff = 400ms..400ms)]).spawn();
        sleep(millis(500)).await;
        drop(running);
        live.settled().await;
        assert_eq!(clock.now(), 500);
    });
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = 0..2u64;
            stage (b, c) = a.tee();
            #[retry(attempts = 9, backoff = 400ms..400ms, jitter = none)]
            sink tried = b.for_each(async |n| { wrong_at(0, n)?; });
            sink fails = c.for_each(async |n| {
                sleep(millis(100)).await;
                wrong_at(1, n)?;
            });
        };
        let outcome = live.wait(pipeline.spawn()).await;
        let failure = outcome.result.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Error(Wrong::At(1))), "{failure}");
        assert_eq!(failure.stage(), Some("fails"));
        assert_eq!(clock.now(), 200);
        clock.note(());
    });
}
