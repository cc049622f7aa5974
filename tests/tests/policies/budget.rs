//! `#![retry_budget]`: what all stages may try again.

use pipeline_runtime::{Cause, pipeline};
use tokio::time::sleep;

use super::clock::{Clock, millis};
use crate::support::*;

/// So many within a second, however few the items; as it slides on, so many again.
#[test]
fn a_floor() {
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = pipeline! {
            #![error(Wrong)]
            #![retry_budget(ratio = 0, floor = 3, per = 1s)]
            clone clock;
            source a = [1, 2];
            #[retry(attempts = 9, backoff = 100ms..100ms, jitter = none), on_error(skip)]
            stage b = a.map(async |n: u64| {
                clock.note(n);
                if n == 2 && clock.now() < 1100 { sleep(millis(900)).await }
                if n > 0 { Err(Wrong::At(n))? }
            });
            sink s = b.count();
        };
        let running = pipeline.spawn();
        let outcome = live.wait(running).await;
        outcome.result.unwrap();
        let at = |n| clock.all().into_iter().filter(|(_, of)| *of == n).map(|(at, _)| at).collect::<Vec<_>>();
        assert_eq!(at(1), [0, 100, 200, 300]);
        // the first of those has fallen out, and then the others
        assert_eq!(at(2), [300, 1300, 1400, 1500]);
        let stage = outcome.report.stage("b").unwrap();
        assert_eq!((stage.attempts, stage.retries, stage.skipped), (8, 6, 2));
    });
}

/// A share of the items of all stages.
#[test]
fn a_share() {
    paused(|live| async move {
        let pipeline = pipeline! {
            #![error(Wrong)]
            #![retry_budget(ratio = 0.25, floor = 0)]
            source a = 0..100u64;
            #[retry(attempts = 3, backoff = 1ms..1ms)]
            stage b = a.map(async |n| wrong_at(1000, n)?);
            #[in_flight(100), retry(attempts = 3, backoff = 1ms..1ms), on_error(skip)]
            stage c = b.map(async |n| {
                sleep(millis(10)).await;
                if n < 1000 { Err(Wrong::At(n))? }
            });
            sink s = c.count();
        };
        let running = pipeline.spawn();
        let outcome = live.wait(running).await;
        assert_eq!(outcome.result.unwrap(), 0);
        // 100 items were tried in `b`, and 100 in `c`
        assert_eq!(outcome.report.stage("c").unwrap().retries, 50);
    });
}

#[test]
fn of_values_that_cannot_be() {
    all(|live| async move {
        let ratio = -0.5;
        let pipeline = pipeline! {
            #![error(Wrong)]
            #![retry_budget(ratio = ratio)]
            source a = 0..3u64;
            #[retry(attempts = 2)]
            sink s = a.for_each(|n| { wrong_at(5, n)?; });
        };
        let failure = live.run(pipeline).await.unwrap_err();
        let Cause::Config(problem) = failure.cause() else { panic!("{failure}") };
        assert_eq!(problem, "`ratio` of `#![retry_budget]` is less than 0, or no number");
    });
}
