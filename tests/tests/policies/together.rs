//! `rate`, `limit` and `breaker` with each other, with the rest, and when the run stops.

use std::sync::Arc;

use pipeline_runtime::{Breaker, BreakerState, Limiter, Verdict, pipeline};
use tokio::sync::Semaphore;
use tokio::time::sleep;

use super::clock::{Clock, millis};
use crate::support::*;

/// The waits of an item come one after the other: the rate's, then the limit's, then the breaker's; and the breaker learns
/// of it once, after all attempts, each of which the timeout ends by itself.
#[test]
fn in_their_order() {
    paused(|live| async move {
        let clock = Clock::new();
        let limiter = Limiter::with_burst(1, millis(100), 1).unwrap();
        let semaphore = Arc::new(Semaphore::new(1));
        let breaker = Breaker::builder().consecutive_failures(5).build().unwrap();
        assert!(limiter.try_ready());
        let held = semaphore.clone().acquire_owned().await.unwrap();
        breaker.force_open();
        let running = {
            let clock = clock.clone();
            pipeline! {
                #![error(Wrong)]
                source a = 0..1u64;
                #[timeout(10ms), retry(attempts = 3, backoff = 5ms..5ms, jitter = none), breaker(&breaker), limit(&semaphore), rate(&limiter), on_error(skip)]
                stage b = a.map(async |n| {
                    clock.note("attempt");
                    sleep(millis(50)).await;
                    wrong_at(1, n)?
                });
                sink s = b.count();
            }
        }
        .spawn();
        let waits = |running: &pipeline_runtime::Running<u64, Wrong>| {
            let report = running.report();
            let stage = report.stage("b").unwrap();
            (stage.rate_wait, stage.limit_wait, stage.paused)
        };
        // at 100 the rate lets it go, at 150 it gets its permit, at 200 the breaker closes
        sleep(millis(120)).await;
        assert_eq!(waits(&running), (millis(100), millis(0), millis(0)));
        sleep(millis(30)).await;
        drop(held);
        sleep(millis(25)).await;
        assert_eq!(waits(&running), (millis(100), millis(50), millis(0)));
        // which it gives back while the breaker pauses
        assert_eq!(semaphore.available_permits(), 1);
        sleep(millis(25)).await;
        breaker.reset();
        let outcome = live.wait(running).await;
        assert_eq!(clock.all(), [(200, "attempt"), (215, "attempt"), (230, "attempt")]);
        assert_eq!(outcome.result.unwrap(), 0);
        let stage = outcome.report.stage("b").unwrap();
        assert_eq!((stage.rate_wait, stage.limit_wait, stage.paused), (millis(100), millis(50), millis(50)));
        assert_eq!((stage.attempts, stage.retries, stage.timeouts, stage.skipped), (3, 2, 3, 1));
        assert_eq!((breaker.account().failures, breaker.account().calls()), (1, 1));
    });
}

/// The report and the drawing have them in that order too.
#[test]
fn shown_in_their_order() {
    let semaphore = Arc::new(Semaphore::new(1));
    let breaker = Breaker::builder().build().unwrap();
    let pipeline = pipeline! {
        #![error(Wrong)]
        source a = 0..3u64;
        #[timeout(2s), breaker(&breaker, open = fail), retry(attempts = 4), limit(&semaphore), rate(5, per = 1s, by = |n| n % 2)]
        stage b = a.map(async |n| wrong_at(5, n)?);
        #[breaker(failure_rate = 0.5, open_for = 5s..1m)]
        sink s = b.map(|n| wrong_at(5, n)?).count();
    };
    let graph = pipeline.graph();
    let policies = |stage: usize| -> Vec<_> {
        graph.stages[stage].policies.iter().map(|policy| (policy.name, policy.value)).collect()
    };
    let of_stage = [
        ("rate", "5, per = 1s, by = |n| n % 2"),
        ("limit", "&semaphore"),
        ("breaker", "&breaker, open = fail"),
        ("retry", "attempts = 4"),
        ("timeout", "2s"),
    ];
    assert_eq!(policies(1), of_stage);
    assert_eq!(policies(2), [("breaker", "failure_rate = 0.5, open_for = 5s..1m")]);
    let pipeline = pipeline! {
        #![error(Wrong)]
        source a = 0..3u64;
        #[breaker(&breaker), limit(&semaphore), rate(5, per = 1s, by = |n| n % 2)]
        stage b = a.map(async |n| wrong_at(5, n)?);
        #[breaker(failure_rate = 0.5, open_for = 5s..1m, open = fail)]
        sink s = b.map(|n| wrong_at(5, n)?).count();
    };
    let graph = pipeline.graph().to_string();
    let lines: Vec<&str> = graph.lines().collect();
    assert!(lines[2].ends_with("b  map · rate(5, per = 1s) · limit(&semaphore) · breaker(&breaker)"), "{graph}");
    assert!(lines[3].ends_with("s   map · count · breaker(open = fail)"), "{graph}");
}

/// One item that waits for ever, by each of the three and in each form; what is held by somebody else is kept here.
struct Shut {
    limiter: Limiter,
    semaphore: Arc<Semaphore>,
    breaker: Breaker,
}

impl Shut {
    async fn new() -> Self {
        let limiter = Limiter::with_burst(1, millis(100_000), 1).unwrap();
        assert!(limiter.try_ready());
        let breaker = Breaker::builder().build().unwrap();
        breaker.force_open();
        Self { limiter, semaphore: Arc::new(Semaphore::new(0)), breaker }
    }

    /// Nothing of what was waited for has been taken.
    fn is_untouched(&self) {
        assert_eq!(self.semaphore.available_permits(), 0);
        self.semaphore.add_permits(1);
        assert!(self.semaphore.try_acquire().is_ok());
        self.breaker.reset();
        assert_eq!(self.breaker.account().calls(), 0);
        self.breaker.try_acquire().unwrap().record(Verdict::Success);
    }
}

/// `$case!(shut, …policies…)` for each wait and each form of a stage.
macro_rules! each_wait {
    ($case:ident) => {
        $case!(shut, rate(&shut.limiter));
        $case!(shut, rate(&shut.limiter), workers(2));
        $case!(shut, rate(&shut.limiter), in_flight(2));
        $case!(shut, rate(1, per = 100s, by = |n| n % 2), in_flight(2));
        $case!(shut, limit(&shut.semaphore));
        $case!(shut, limit(&shut.semaphore), workers(2));
        $case!(shut, limit(&shut.semaphore), in_flight(2));
        $case!(shut, breaker(&shut.breaker));
        $case!(shut, breaker(&shut.breaker), workers(2));
        $case!(shut, breaker(&shut.breaker), in_flight(2));
        $case!(shut, breaker(&shut.breaker), retry(attempts = 2), timeout(1s));
        $case!(shut, limit(&shut.semaphore), breaker(&shut.breaker), inline);
    };
}

/// A cancel ends each of them at once.
#[test]
fn cancel_ends_the_waits() {
    macro_rules! case {
        ($shut:ident, $($policy:tt)*) => {
            paused(|live| async move {
                let clock = Clock::new();
                let $shut = Shut::new().await;
                let running = pipeline! {
                    #![error(Wrong)]
                    clone live;
                    source a = then_quiet([7, 7, 7], live.guard());
                    #[$($policy)*]
                    stage b = a.map(async |n| wrong_at(5, n)?);
                    sink s = b.collect::<Vec<_>>();
                }.spawn();
                sleep(millis(500)).await;
                running.cancel();
                let outcome = live.wait(running).await;
                is_cancelled(outcome.result);
                assert_eq!(clock.now(), 500);
                clock.note(());
                assert!(outcome.report.stage("b").unwrap().discarded >= 1, "{}", outcome.report);
                $shut.is_untouched();
            });
        };
    }
    each_wait!(case);
}

/// A shutdown gives them the drain time, and says then what held it up.
#[test]
fn shutdown_gives_them_the_drain_time() {
    macro_rules! case {
        ($shut:ident, $($policy:tt)*) => {
            paused(|live| async move {
                let clock = Clock::new();
                let $shut = Shut::new().await;
                let running = pipeline! {
                    #![error(Wrong)]
                    #![drain(1s)]
                    clone live;
                    source a = then_quiet([7, 7, 7], live.guard());
                    #[$($policy)*]
                    stage b = a.map(async |n| wrong_at(5, n)?);
                    sink s = b.collect::<Vec<_>>();
                }.spawn();
                sleep(millis(500)).await;
                running.shutdown();
                let outcome = live.wait(running).await;
                assert!(exceeded(outcome.result).contains(&"b"));
                assert_eq!(clock.now(), 1500);
                clock.note(());
                $shut.is_untouched();
            });
        };
    }
    each_wait!(case);
}

/// Within it the item goes its way.
#[test]
fn shutdown_waits_for_them() {
    paused(|live| async move {
        let shut = Shut::new().await;
        let running = pipeline! {
            #![error(Wrong)]
            clone live;
            source a = then_quiet([7], live.guard());
            #[limit(&shut.semaphore), breaker(&shut.breaker)]
            stage b = a.map(async |n| wrong_at(5, n)?);
            sink s = b.collect::<Vec<_>>();
        }
        .spawn();
        sleep(millis(500)).await;
        running.shutdown();
        sleep(millis(100)).await;
        shut.semaphore.add_permits(1);
        sleep(millis(100)).await;
        shut.breaker.reset();
        assert_eq!(live.wait(running).await.result.unwrap(), [7]);
    });
}

/// A trial that is cancelled gives its place to another.
#[test]
fn a_trial_that_is_cancelled() {
    paused(|live| async move {
        let breaker = Breaker::builder().consecutive_failures(1).open_for(millis(100)).build().unwrap();
        breaker.acquire().await.record(Verdict::Failure);
        let make = || {
            pipeline! {
                #![error(Wrong)]
                source a = 0..1u64;
                #[breaker(&breaker)]
                stage b = a.map(async |n| { sleep(millis(1000)).await; wrong_at(5, n)? });
                sink s = b.count();
            }
        };
        let first = make().spawn();
        sleep(millis(150)).await;
        assert_eq!(breaker.state(), BreakerState::HalfOpen);
        let second = make().spawn();
        sleep(millis(50)).await;
        assert_eq!(second.report().stage("b").unwrap().attempts, 0);
        first.cancel();
        is_cancelled(live.wait(first).await.result);
        assert_eq!(live.wait(second).await.result.unwrap(), 1);
        assert_eq!(breaker.state(), BreakerState::Closed);
        assert_eq!((breaker.account().cancelled, breaker.account().successes), (1, 1));
    });
}

/// Outputs have the order of the inputs, whoever waited for what.
#[test]
fn the_order_of_the_outputs() {
    macro_rules! case {
        ($($policy:tt)*) => {
            both(|live| async move {
                let semaphore = Arc::new(Semaphore::new(3));
                let pipeline = pipeline! {
                    #![error(Wrong)]
                    source a = 0..200u64;
                    #[
                        rate(1, per = 1ms, burst = 50, by = |n| n % 4),
                        limit(&semaphore),
                        breaker(failure_rate = 0.9),
                        retry(attempts = 3, backoff = 1ms..1ms),
                        $($policy)*
                    ]
                    stage b = a.map(async |n| {
                        if n % 3 == 0 { tokio::task::yield_now().await }
                        wrong_at(1000, n)?
                    });
                    sink s = b.collect::<Vec<_>>();
                };
                let outcome = live.wait(pipeline.spawn()).await;
                assert_eq!(outcome.result.unwrap(), (0..200).collect::<Vec<_>>());
                assert_eq!(semaphore.available_permits(), 3);
            });
        };
    }
    case!(buffer(8));
    case!(workers(4));
    case!(in_flight(8));
    case!(workers(2), in_flight(8));
    case!(workers(2), keyed(|n| n % 5));
}

/// Bodies that do not wait, and operators of every kind.
#[test]
fn around_every_kind_of_body() {
    paused(|live| async move {
        let breaker = Breaker::builder().build().unwrap();
        let clock = Clock::new();
        let make = pipeline! {
            #![error(Wrong)]
            source a = 0..4u64;
            #[rate(1, per = 10ms), breaker(&breaker), blocking]
            stage b = a.filter(|n| wrong_at(9, *n)? != 1);
            #[rate(1, per = 10ms), breaker(&breaker, classify = |result: &Result<Option<u64>, Wrong>| Verdict::of(result))]
            stage c = b.filter_map(async |n| Some(wrong_at(9, n)?));
            #[rate(1, per = 10ms), breaker(&breaker, open = fail), inline]
            stage d = c.flat_map(|n| [wrong_at(9, n)?, n]);
            #[rate(1, per = 10ms, burst = 9)]
            stage e = d.scan(0, |sum, n| { *sum += n; *sum });
            #[rate(1, per = 10ms, burst = 9), breaker(&breaker)]
            sink s = e.fold(0, |sum, n| sum + wrong_at(99, n)?);
        };
        let outcome = live.wait(make.spawn()).await;
        assert_eq!(outcome.result.unwrap(), 2 + 4 + 7 + 10);
        assert!(clock.now() >= 30);
        clock.note(());
        assert_eq!(breaker.account().calls(), 4 + 3 + 3 + 6);
    });
}
