//! `rate`: when items go.

use pipeline_runtime::{KeyedLimiter, Limiter, pipeline};
use tokio::time::sleep;

use super::clock::{Clock, millis};
use crate::support::*;

/// A burst at once, and then one each `per / n`, whatever the stage does with them, and in their order.
#[test]
fn a_burst_and_then_one_by_one() {
    macro_rules! case {
        ([$($policy:tt)*], |$clock:ident| $($body:tt)*) => {
            paused(|live| async move {
                let clock = Clock::new();
                let pipeline = {
                    let $clock = clock.clone();
                    pipeline! {
                        clone $clock;
                        source a = 0..6u64;
                        #[rate(4, per = 100ms, burst = 2), $($policy)*]
                        stage b = a.map($($body)*);
                        sink s = b.collect::<Vec<_>>();
                    }
                };
                let outcome = live.wait(pipeline.spawn()).await;
                assert_eq!(outcome.result.unwrap(), [0, 1, 2, 3, 4, 5]);
                let (times, mut items): (Vec<u64>, Vec<u64>) = clock.all().into_iter().unzip();
                assert_eq!(times, [0, 0, 25, 50, 75, 100]);
                // which of several workers comes first is theirs
                items.sort_unstable();
                assert_eq!(items, [0, 1, 2, 3, 4, 5]);
                assert!(outcome.report.stage("b").unwrap().rate_wait >= millis(50));
            });
        };
    }
    case!([buffer(4)], |clock| async |n| {
        clock.note(n);
        n
    });
    case!([buffer(4)], |clock| |n| {
        clock.note(n);
        n
    });
    case!([timeout(1s), retry(attempts = 2)], |clock| async |n| {
        clock.note(n);
        n
    });
    case!([workers(2)], |clock| async |n| {
        clock.note(n);
        n
    });
    case!([workers(3), blocking], |clock| |n| {
        clock.note(n);
        n
    });
    case!([in_flight(3)], |clock| async |n| {
        clock.note(n);
        sleep(millis(40)).await;
        n
    });
    case!([workers(2), in_flight(3)], |clock| async |n| {
        clock.note(n);
        sleep(millis(40)).await;
        n
    });
}

/// Each key has its own.
#[test]
fn by_key() {
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = {
            let clock = clock.clone();
            pipeline! {
                clone clock;
                source a = [(1, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (2, 'e')];
                #[rate(1, per = 100ms, by = |x| x.0), in_flight(1)]
                stage b = a.map(async |x: (u8, char)| { clock.note(x.1); sleep(millis(10)).await; x.1 });
                sink s = b.collect::<String>();
            }
        };
        let outcome = live.wait(pipeline.spawn()).await;
        assert_eq!(outcome.result.unwrap(), "abcde");
        assert_eq!(clock.all(), [(0, 'a'), (10, 'c'), (100, 'b'), (110, 'e'), (200, 'd')]);
    });
}

/// Shared by two stages and two pipelines.
#[test]
fn shared() {
    paused(|live| async move {
        let clock = Clock::new();
        let limiter = Limiter::new(1, millis(10)).unwrap();
        let make = || {
            let clock = clock.clone();
            pipeline! {
                clone clock;
                source a = 0..2u64;
                #[rate(&limiter)]
                stage b = a.map(async |n| { clock.note(n); n });
                #[rate(&limiter)]
                sink s = b.for_each(async |n| clock.note(n + 10));
            }
        };
        let (one, two) = (make().spawn(), make().spawn());
        assert_eq!(live.wait(one).await.result.unwrap(), ());
        live.wait(two).await.result.unwrap();
        let times: Vec<u64> = clock.all().iter().map(|(time, _)| *time).collect();
        assert_eq!(times, [0, 10, 20, 30, 40, 50, 60, 70]);
        let keyed = KeyedLimiter::new(1, millis(10)).unwrap();
        let pipeline = pipeline! {
            source a = 0..3u64;
            #[rate(&keyed, by = |n| n % 2)]
            sink s = a.for_each(|_| {});
        };
        live.wait(pipeline.spawn()).await.result.unwrap();
        assert_eq!(clock.now(), 80);
    });
}
