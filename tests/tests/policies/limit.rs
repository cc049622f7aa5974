//! `limit`: how many bodies run at once.

use std::sync::Arc;

use pipeline_runtime::{Cause, Limit, Verdict, pipeline};
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

/// One body follows the other at once, and yet those that wait get their permits first.
#[test]
fn those_that_wait_go_first() {
    all(|live| async move {
        let semaphore = Arc::new(Semaphore::new(2));
        let (waits, came) = (semaphore.clone(), Log::default());
        let pipeline = {
            let came = came.clone();
            pipeline! {
                source a = 0..100u64;
                #[limit(&semaphore)]
                stage b = a.map(async |n| {
                    came.push(n.to_string());
                    if n == 10 {
                        let (both, came) = (waits.clone(), came.clone());
                        let _waits = tokio::spawn(async move {
                            let _both = both.acquire_many(2).await.unwrap();
                            came.push("both".to_owned());
                        });
                        // The one that is left is taken by who waits for both.
                        while waits.available_permits() > 0 {
                            tokio::task::yield_now().await;
                        }
                    }
                    n
                });
                sink s = b.count();
            }
        };
        assert_eq!(live.wait(pipeline.spawn()).await.result.unwrap(), 100);
        let came = came.all();
        assert_eq!(came[10..13], ["10", "both", "11"], "{came:?}");
        assert_eq!(semaphore.available_permits(), 2);
    });
}

/// A permit is a body's, and not that of a stage which waits for an item, or for room.
#[test]
fn not_held_between_bodies() {
    paused(|live| async move {
        let semaphore = Arc::new(Semaphore::new(2));
        let slow = pipeline! {
            source a = 0..3u64;
            #[rate(10, per = 1s, burst = 1)]
            stage paced = a.map(async |n| n);
            #[limit(&semaphore)]
            stage waits_for_items = paced.map(async |n| n);
            sink s = waits_for_items.for_each(|_| {});
        };
        let fast = pipeline! {
            source a = 0..10u64;
            #[limit(&semaphore), buffer(1)]
            stage waits_for_room = a.map(async |n| n);
            sink s = waits_for_room.for_each(async |_| sleep(millis(20)).await);
        };
        let (slow, fast) = (slow.spawn(), fast.spawn());
        for _ in 0..10 {
            sleep(millis(19)).await;
            assert_eq!(semaphore.available_permits(), 2);
        }
        live.wait(slow).await.result.unwrap();
        live.wait(fast).await.result.unwrap();
    });
}

/// Nor does the code have one that comes before the body or behind it.
#[test]
fn not_held_by_other_code() {
    all(|live| async move {
        let [first, second, third] = [(); 3].map(|()| Arc::new(Semaphore::new(2)));
        let [before, body, behind] = [(); 3].map(|()| first.clone());
        let (key, class) = (second.clone(), third.clone());
        let free = |what: &'static str, semaphore: &Semaphore, expected: usize| {
            assert_eq!(semaphore.available_permits(), expected, "{what}");
        };
        let pipeline = pipeline! {
            source a = 0..50u64;
            #[limit(&first)]
            stage b = a.map(|n| { free("before", &before, 2); n })
                .map(async |n| { free("body", &body, 1); n })
                .inspect(|_| free("behind", &behind, 2));
            #[limit(&second), rate(1_000_000, per = 1s, by = |n| { free("key", &key, 2); n % 3 })]
            stage c = b.map(async |n| n);
            #[limit(&third), breaker(failure_rate = 0.5, classify = |result| {
                free("class", &class, 2);
                Verdict::of(result)
            })]
            stage d = c.map(async |n| n);
            sink s = d.count();
        };
        assert_eq!(live.wait(pipeline.spawn()).await.result.unwrap(), 50);
    });
}
