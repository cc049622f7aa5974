//! `retry`: when, how often, and in which order.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use pipeline_runtime::{Cause, Failed, pipeline};
use tokio::time::sleep;

use super::clock::{Clock, millis};
use crate::support::*;

/// Fails as often as it is told to, for each item.
#[derive(Clone, Default)]
struct Flaky(Arc<[AtomicU32; 8]>);

impl Flaky {
    fn until(&self, attempt: u32, n: u64) -> Result<u64, Wrong> {
        if self.0[n as usize].fetch_add(1, SeqCst) + 1 < attempt { Err(Wrong::At(n)) } else { Ok(n) }
    }
}

#[test]
fn waits_longer_each_time() {
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone clock;
            source a = 0..3u64;
            #[retry(attempts = 7, backoff = 50ms..500ms, jitter = none)]
            stage b = a.map(async |n| {
                clock.note(n);
                wrong_at(1, n)?
            });
            sink s = b.count();
        };
        let running = pipeline.spawn();
        let outcome = live.wait(running).await;
        let failure = outcome.result.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Error(Wrong::At(1))), "{failure}");
        let at = [0, 50, 150, 350, 750, 1250, 1750];
        let attempts = at.map(|at| (at, 1));
        assert_eq!(clock.all()[1..], attempts);
        let stage = outcome.report.stage("b").unwrap();
        assert_eq!((stage.done, stage.failed, stage.attempts, stage.retries), (1, 1, 8, 6));
    });
}

/// Bodies that do not wait are tried again too; on threads, in workers.
#[test]
fn of_every_kind_of_body() {
    all(|live| async move {
        let flaky = Flaky::default();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone flaky;
            source a = 0..8u64;
            #[retry(attempts = 3, backoff = 1ms..1ms)]
            stage b = a.map(|n| flaky.until(2, n)?);
            #[blocking, retry(attempts = 3, backoff = 1ms..1ms)]
            stage c = b.map(|n| flaky.until(4, n)?);
            #[workers(3), retry(attempts = 3, backoff = 1ms..1ms)]
            stage d = c.filter(async |n| flaky.until(6, *n)? < 6);
            #[retry(attempts = 2, backoff = 1ms..1ms)]
            stage e = d.flat_map(|ref n| { flaky.until(8, *n)?; vec![*n; 2] });
            #[inline, retry(attempts = 2, backoff = 1ms..1ms)]
            stage f = e.inspect(async |n| { flaky.until(9, *n)?; });
            sink s = f.collect::<Vec<_>>();
        };
        let running = pipeline.spawn();
        let outcome = live.wait(running).await;
        assert_eq!(outcome.result.unwrap(), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
        let retries = |name| outcome.report.stage(name).unwrap().retries;
        assert_eq!(["b", "c", "d", "e", "f"].map(retries), [8, 8, 8, 6, 0]);
    });
}

/// The item is the same each time, though the body takes it.
#[test]
fn holds_the_item() {
    all(|live| async move {
        let seen = Log::default();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone seen;
            source a = ["a".to_owned(), "b".to_owned()];
            #[retry(attempts = 3, backoff = 1ms..1ms)]
            stage b = a.map(async |mut text: String| {
                seen.push(text.clone());
                text.push('!');
                if seen.len() % 2 == 1 { Err(Wrong::At(0))? }
                text
            });
            sink s = b.collect::<Vec<_>>();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), ["a!", "b!"]);
        assert_eq!(seen.all(), ["a", "a", "b", "b"]);
    });
}

/// What is given up is rejected as it came, with the number of its attempts; so in a loop and in flight.
#[test]
fn gives_up() {
    paused(|live| async move {
        struct NotClone(u64);
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = (0..3).map(NotClone).collect::<Vec<_>>();
            #[retry(attempts = 3, backoff = 10ms..20ms)]
            stage b = a.map(async |ref n: NotClone| wrong_at(1, n.0)?) else bad;
            #[in_flight(2), retry(attempts = 4, backoff = 10ms..20ms)]
            stage c = b.map(async |n| wrong_at(2, n)?) else worse;
            sink good = c.collect::<Vec<_>>();
            sink told = bad.collect::<Vec<_>>();
            sink last = worse.collect::<Vec<_>>();
        };
        let (good, told, last) = live.run(pipeline).await.unwrap();
        assert_eq!(good, [0]);
        let [
            pipeline_runtime::Rejected::Item {
                item: NotClone(1), error: Wrong::At(1), stage: "b", attempts: 3, ..
            },
        ] = told.as_slice()
        else {
            panic!("{}", told.len());
        };
        let [pipeline_runtime::Rejected::Item { item: 2, error: Wrong::At(2), stage: "c", attempts: 4, .. }] =
            last.as_slice()
        else {
            panic!("{last:?}");
        };
    });
}

/// Full jitter: never longer than the back-off, and seldom the same.
#[test]
fn is_drawn_at_random() {
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone clock;
            source a = 0..200u64;
            #[in_flight(200), retry(attempts = 2, backoff = 1s..1s), on_error(skip)]
            stage b = a.map(async |n| {
                clock.note(n);
                if n < 1000 { Err(Wrong::At(n))? }
            });
            sink s = b.count();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), 0);
        let delays: Vec<u64> = clock.all()[200..].iter().map(|(at, _)| *at).collect();
        assert_eq!(delays.len(), 200);
        assert!(delays.iter().all(|delay| *delay <= 1000), "{delays:?}");
        assert!(delays.iter().any(|delay| *delay < 300) && delays.iter().any(|delay| *delay > 700), "{delays:?}");
    });
}

#[test]
fn by_a_factor() {
    paused(|live| async move {
        let (clock, factor) = (Clock::new(), 3);
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone clock;
            source a = [1];
            #[retry(attempts = 5, backoff = 10ms..10s, jitter = none, factor = factor)]
            stage b = a.map(async |n| {
                clock.note(n);
                wrong_at(1, n)?
            });
            sink s = b.count();
        };
        live.run(pipeline).await.unwrap_err();
        assert_eq!(clock.all().iter().map(|(at, _)| *at).collect::<Vec<_>>(), [0, 10, 40, 130, 400]);
    });
}

/// No attempt begins later than that; one that runs is left alone.
#[test]
fn for_as_long_as_it_may() {
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone clock;
            source a = [1];
            #[retry(attempts = 9, backoff = 100ms..100ms, jitter = none, max_elapsed = 240ms)]
            stage b = a.map(async |n| {
                clock.note(n);
                sleep(millis(20)).await;
                wrong_at(1, n)?
            });
            sink s = b.count();
        };
        live.run(pipeline).await.unwrap_err();
        assert_eq!(clock.all().iter().map(|(at, _)| *at).collect::<Vec<_>>(), [0, 120, 240]);
        assert_eq!(clock.now(), 260);
    });
}

/// Which errors are worth it, and what they ask for.
#[test]
fn as_the_error_says() {
    paused(|live| async move {
        let clock = Clock::new();
        let worth = 2;
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone clock;
            source a = [1, 2, 3];
            #[retry(
                attempts = 3,
                backoff = 100ms..1s,
                jitter = none,
                when = |e| matches!(e, Wrong::At(n) if *n >= worth),
                after = |e| match e {
                    Wrong::At(3) => Some(Duration::from_millis(7)),
                    _ => None,
                },
            ), on_error(skip)]
            stage b = a.map(async |n: u64| {
                clock.note(n);
                if n > 0 { Err(Wrong::At(n))? }
            });
            sink s = b.count();
        };
        live.run(pipeline).await.unwrap();
        assert_eq!(clock.all(), [(0, 1), (0, 2), (100, 2), (300, 2), (300, 3), (307, 3), (314, 3)]);
    });
}

/// Under a `timeout` the closures are shown which of the two it was.
#[test]
fn not_what_took_too_long() {
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone clock;
            source a = [1, 2];
            #[timeout(50ms), retry(attempts = 2, backoff = 10ms..10ms, jitter = none, when = |e| e.error().is_some())]
            stage b = a.map(async |ref n: u64| {
                clock.note(*n);
                if *n == 2 { sleep(millis(100)).await }
                wrong_at(1, *n)?
            }) else bad;
            sink s = b.count();
            sink told = bad.map(|bad| matches!(bad.error(), Failed::Timeout(_))).collect::<Vec<_>>();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), (0, vec![false, true]));
        assert_eq!(clock.all(), [(0, 1), (10, 1), (10, 2)]);
    });
}

/// The order of the input, whatever is tried again; the other workers and slots go on meanwhile.
#[test]
fn keeps_the_order() {
    paused(|live| async move {
        let clock = Clock::new();
        let flaky = Flaky::default();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone flaky, clock;
            source a = 0..8u64;
            #[in_flight(8), retry(attempts = 3, backoff = 100ms..1s, jitter = none)]
            stage b = a.map(async |n| if n % 4 == 1 { flaky.until(3, n)? } else { n });
            sink s = b.for_each(|n| clock.note(n));
            s
        };
        live.run(pipeline).await.unwrap();
        let at = [0, 300, 300, 300, 300, 300, 300, 300];
        assert_eq!(clock.all(), at.into_iter().zip(0..8).collect::<Vec<_>>());
    });
    all(|live| async move {
        let flaky = Flaky::default();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone flaky;
            source a = 0..800u64;
            #[workers(4), retry(attempts = 3, backoff = 1ms..2ms)]
            stage b = a.map(async |n| { if n % 100 == 1 { flaky.until(3, n / 100)?; } n });
            sink s = b.collect::<Vec<_>>();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), (0..800).collect::<Vec<_>>());
    });
}

/// The items of one key wait for the one that is tried again, those of others do not.
#[test]
fn keeps_the_order_of_a_key() {
    paused(|live| async move {
        let (clock, flaky) = (Clock::new(), Flaky::default());
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone flaky, clock;
            source a = [0, 1, 2, 3];
            #[keyed(|n| n % 2), in_flight(4), unordered, retry(attempts = 2, backoff = 100ms..1s, jitter = none)]
            stage b = a.map(async |n| if n == 0 { flaky.until(2, n)? } else { n });
            sink s = b.for_each(|n| clock.note(n));
            s
        };
        live.run(pipeline).await.unwrap();
        assert_eq!(clock.all(), [(0, 1), (0, 3), (100, 0), (100, 2)]);
    });
}

#[test]
fn of_values_that_cannot_be() {
    all(|live| async move {
        async fn problem(live: Live, attempts: usize, longest: Duration, factor: f64) -> String {
            let pipeline = pipeline! {
                #![error(Wrong)]
                source a = 0..3u64;
                #[retry(attempts = attempts, backoff = 50ms..longest, factor = factor)]
                stage b = a.map(|n| wrong_at(5, n)?);
                sink s = b.count();
            };
            match live.run(pipeline).await.unwrap_err().cause() {
                Cause::Config(problem) => problem.clone(),
                other => panic!("{other:?}"),
            }
        }
        let of = |attempts, longest, factor| problem(live.clone(), attempts, millis(longest), factor);
        assert_eq!(of(0, 60, 1.0).await, "`attempts` of stage `b` is 0");
        assert_eq!(of(2, 40, 1.0).await, "`backoff` of stage `b` ends before it begins: `50ms..40ms`");
        assert_eq!(of(2, 60, 0.5).await, "`factor` of stage `b` is less than 1, or no number");
        assert_eq!(of(2, 60, f64::NAN).await, "`factor` of stage `b` is less than 1, or no number");
    });
}
