//! `limit`: how many bodies run at once.

use std::sync::Arc;

use pipeline_runtime::{Cause, Limit, pipeline};
use tokio::sync::Semaphore;
use tokio::time::sleep;

use super::clock::{Clock, millis};
use crate::support::*;

/// One semaphore for two pipelines.
#[test]
fn over_two_pipelines() {
    paused(|live| async move {
        let clock = Clock::new();
        let semaphore = Arc::new(Semaphore::new(2));
        let make = |first: u64| {
            let clock = clock.clone();
            pipeline! {
                clone clock;
                source a = first..first + 3;
                #[limit(&semaphore), in_flight(3)]
                stage b = a.map(async |n| { clock.note(n); sleep(millis(10)).await; n });
                sink s = b.collect::<Vec<_>>();
            }
        };
        let (one, two) = (make(0).spawn(), make(10).spawn());
        assert_eq!(live.wait(one).await.result.unwrap(), [0, 1, 2]);
        assert_eq!(live.wait(two).await.result.unwrap(), [10, 11, 12]);
        let times: Vec<u64> = clock.all().iter().map(|(time, _)| *time).collect();
        assert_eq!(times, [0, 0, 10, 10, 20, 20]);
        assert_eq!(semaphore.available_permits(), 2);
    });
}

/// A permit is not kept while the item waits for its next attempt.
#[test]
fn not_held_in_a_back_off() {
    paused(|live| async move {
        let clock = Clock::new();
        let semaphore = Arc::new(Semaphore::new(1));
        let (limit, seen) = (Limit::new(&semaphore), semaphore.clone());
        let pipeline = {
            let clock = clock.clone();
            pipeline! {
                #![error(Wrong)]
                clone clock;
                source a = 0..1u64;
                #[limit(&limit), retry(attempts = 3, backoff = 100ms..100ms, jitter = none)]
                stage b = a.map(async |n| {
                    clock.note(seen.available_permits());
                    sleep(millis(10)).await;
                    if clock.now() < 200 { Err(Wrong::At(n))? }
                    n
                });
                sink s = b.count();
            }
        };
        let running = pipeline.spawn();
        sleep(millis(50)).await;
        assert_eq!(semaphore.available_permits(), 1);
        let outcome = live.wait(running).await;
        assert_eq!(outcome.result.unwrap(), 1);
        assert_eq!(clock.all(), [(0, 0), (110, 0), (220, 0)]);
    });
}

/// Nothing more can run under a semaphore that was closed, and the run says so.
#[test]
fn closed() {
    paused(|live| async move {
        let semaphore = Arc::new(Semaphore::new(1));
        let closer = semaphore.clone();
        let pipeline = pipeline! {
            source a = 0..3u64;
            #[limit(&semaphore)]
            stage b = a.map(async |n| { if n == 1 { closer.close() } n });
            sink s = b.count();
        };
        let failure = live.wait(pipeline.spawn()).await.result.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Limit(_)), "{failure}");
        assert_eq!(failure.stage(), Some("b"));
        assert!(failure.to_string().ends_with("failed in stage `b`: the semaphore of `limit` is closed"), "{failure}");
        assert_eq!(failure.report().stage("b").unwrap().discarded, 1);
    });
}
