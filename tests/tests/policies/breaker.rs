//! `breaker`: what happens while it is open.

use pipeline_runtime::{Breaker, BreakerState, CallClass, Cause, Failed, Verdict, pipeline};
use tokio::time::sleep;

use super::clock::{Clock, millis};
use crate::support::*;

/// A service that is down in a window of time.
#[derive(Clone)]
struct Service {
    clock: Clock<u64>,
    down: std::ops::Range<u64>,
}

impl Service {
    fn new(down: std::ops::Range<u64>) -> Self {
        Self { clock: Clock::new(), down }
    }

    async fn call(&self, n: u64) -> Result<u64, Wrong> {
        self.clock.note(n);
        sleep(millis(10)).await;
        if self.down.contains(&self.clock.now()) { Err(Wrong::At(n)) } else { Ok(n) }
    }
}

/// While it is open nothing goes to the service but the trials, and nothing is lost.
#[test]
fn pauses_and_loses_nothing() {
    paused(|live| async move {
        let service = Service::new(30..500);
        let seen = service.clone();
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = 0..8u64;
            #[breaker(consecutive_failures = 2, open_for = 100ms..1s)]
            stage b = a.map(async |n| service.call(n).await?) else bad;
            sink s = b.collect::<Vec<_>>();
            sink r = bad.map(|bad| *bad.item().unwrap()).collect::<Vec<_>>();
        };
        let outcome = live.wait(pipeline.spawn()).await;
        let (good, bad) = outcome.result.unwrap();
        assert_eq!(seen.clock.all(), [(0, 0), (10, 1), (20, 2), (30, 3), (140, 4), (350, 5), (760, 6), (770, 7)]);
        assert_eq!(good, [0, 1, 6, 7]);
        assert_eq!(bad, [2, 3, 4, 5]);
        let report = outcome.report.stage("b").unwrap();
        assert_eq!((report.received, report.done, report.rejected, report.refused), (8, 4, 4, 0));
        assert_eq!(report.paused, millis(700));
    });
}

/// As many trials as it says go to the service at once, however many items wait for it.
#[test]
fn no_more_trials_than_it_says() {
    macro_rules! case {
        ($trials:literal, $($policy:tt)*) => {
            paused(|live| async move {
                let service = Service::new(0..450);
                let seen = service.clone();
                let pipeline = pipeline! {
                    #![error(Wrong)]
                    clone service;
                    source a = 0..20u64;
                    #[
                        breaker(consecutive_failures = 1, open_for = 100ms, open_factor = 1, half_open_calls = $trials),
                        $($policy)*
                    ]
                    stage b = a.map(async |n| service.call(n).await?) else bad;
                    sink s = b.count();
                    sink r = bad.count();
                };
                let outcome = live.wait(pipeline.spawn()).await;
                let (good, bad) = outcome.result.unwrap();
                assert_eq!(good + bad, 20);
                let calls = seen.clock.all();
                assert_eq!(calls.len(), 20);
                // each outage of 100 ms begins when the first call has failed, 10 ms after it began
                for opened in [110, 220, 330, 440] {
                    let trials = calls.iter().filter(|(time, _)| *time == opened).count();
                    assert_eq!(trials, $trials, "{calls:?}");
                }
                let others: Vec<_> = calls.iter().filter(|(time, _)| !(*time < 450 && time % 110 == 0)).collect();
                assert!(others.iter().all(|(time, _)| *time >= 450), "{calls:?}");
            });
        };
    }
    case!(1, buffer(1));
    case!(1, in_flight(1));
    case!(1, in_flight(5));
    case!(2, in_flight(5));
    case!(2, workers(3));
}

/// And nothing is taken up meanwhile but the item in hand: the pressure goes upstream.
#[test]
fn takes_nothing_up_while_it_is_open() {
    macro_rules! case {
        ($in_hand:literal, $($policy:tt)*) => {
            paused(|live| async move {
                let breaker = Breaker::builder().build().unwrap();
                breaker.force_open();
                let running = pipeline! {
                    #![buffer(1)]
                    source a = 0..100u64;
                    #[breaker(&breaker), $($policy)*]
                    stage b = a.map(async |n| n);
                    sink s = b.count();
                }
                .spawn();
                sleep(millis(1000)).await;
                let report = running.report();
                assert!(report.edge("a").unwrap().sent <= $in_hand + 2, "{report}");
                assert_eq!(report.stage("b").unwrap().attempts, 0);
                breaker.reset();
                assert_eq!(live.wait(running).await.result.unwrap(), 100);
            });
        };
    }
    case!(1, buffer(1));
    case!(1, in_flight(8));
    case!(2, workers(2));
}

/// An item whose back-off ends while it is open waits like a first attempt, and keeps its place.
#[test]
fn holds_back_what_is_tried_again() {
    paused(|live| async move {
        let clock = Clock::new();
        let seen = clock.clone();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone clock;
            source a = 0..2u64;
            #[
                in_flight(2),
                breaker(consecutive_failures = 1, open_for = 1s..1s),
                retry(attempts = 2, backoff = 100ms..100ms, jitter = none),
            ]
            stage b = a.map(async |n| {
                clock.note(n);
                sleep(millis(10 + 50 * n)).await;
                if clock.now() < 500 { Err(Wrong::At(n))? }
                n
            }) else bad;
            sink s = b.collect::<Vec<_>>();
            sink r = bad.map(|bad| *bad.item().unwrap()).collect::<Vec<_>>();
        };
        let outcome = live.wait(pipeline.spawn()).await;
        assert_eq!(outcome.result.unwrap(), (vec![1], vec![0]));
        assert_eq!(seen.all(), [(0, 0), (0, 1), (110, 0), (1120, 1)]);
        assert_eq!(outcome.report.stage("b").unwrap().paused, millis(960));
    });
}

/// The same where it does not pause: the item fails with what its last attempt came to.
#[test]
fn ends_what_is_tried_again() {
    paused(|live| async move {
        let clock = Clock::new();
        let seen = clock.clone();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone clock;
            source a = 0..2u64;
            #[
                in_flight(2),
                breaker(consecutive_failures = 1, open_for = 1s..1s, open = reject),
                retry(attempts = 3, backoff = 100ms..100ms, jitter = none, when = |e| !matches!(e, Failed::Error(Wrong::At(7)))),
            ]
            stage b = a.map(async |n| {
                clock.note(n);
                sleep(millis(10 + 50 * n)).await;
                Err(Wrong::At(if n == 0 { 7 } else { n }))?
            }) else bad;
            sink s = b.map(|never: u64| never).count();
            sink r = bad.map(|bad| match bad.error() {
                Failed::Error(Wrong::At(n)) => (*n, bad.attempts()),
                other => panic!("{other:?}"),
            }).collect::<Vec<_>>();
        };
        let outcome = live.wait(pipeline.spawn()).await;
        assert_eq!(outcome.result.unwrap(), (0, vec![(7, 1), (1, 1)]));
        assert_eq!(seen.all(), [(0, 0), (0, 1)]);
        assert_eq!(outcome.report.stage("b").unwrap().refused, 1);
    });
}

/// A service that is still down is asked once in each half-open time, however many attempts an item has.
#[test]
fn tries_the_service_once() {
    paused(|live| async move {
        let service = Service::new(0..2000);
        let seen = service.clone();
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = 0..2u64;
            #[
                breaker(consecutive_failures = 1, open_for = 1s..1s),
                retry(attempts = 3, backoff = 100ms..100ms, jitter = none),
            ]
            stage b = a.map(async |n| service.call(n).await?) else bad;
            sink s = b.collect::<Vec<_>>();
            sink r = bad.map(|bad| (*bad.item().unwrap(), bad.attempts())).collect::<Vec<_>>();
        };
        let outcome = live.wait(pipeline.spawn()).await;
        assert_eq!(outcome.result.unwrap(), (vec![1], vec![(0, 3)]));
        assert_eq!(seen.clock.all(), [(0, 0), (110, 0), (220, 0), (1230, 1), (2240, 1)]);
    });
}

/// `open = fail`: an item that meets an open breaker fails, with an error that says so.
#[test]
fn fails() {
    paused(|live| async move {
        let service = Service::new(0..100);
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = 0..3u64;
            #[breaker(consecutive_failures = 1, open_for = 1s, open = fail), on_error(skip)]
            stage b = a.map(async |n| service.call(n).await?);
            sink s = b.count();
        };
        let outcome = live.wait(pipeline.spawn()).await;
        assert_eq!(outcome.result.unwrap(), 0);
        let report = outcome.report.stage("b").unwrap();
        assert_eq!((report.skipped, report.refused, report.attempts), (3, 2, 1));

        let breaker = Breaker::builder().name("payments").build().unwrap();
        breaker.force_open();
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = 0..3u64;
            #[breaker(&breaker, open = fail)]
            stage b = a.map(async |n| n);
            sink s = b.count();
        };
        let failure = live.wait(pipeline.spawn()).await.result.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Open(open) if open.name() == Some("payments")), "{failure}");
        assert!(
            failure.to_string().ends_with("failed in stage `b`: the breaker `payments` is forced open"),
            "{failure}"
        );
    });
}

/// `open = reject`: it goes to the `else` stream, in its place, with its item.
#[test]
fn rejects() {
    macro_rules! case {
        ($($policy:tt)*) => {
            paused(|live| async move {
                let breaker = Breaker::builder().consecutive_failures(1).open_for(millis(1000)).build().unwrap();
                let pipeline = pipeline! {
                    #![error(Wrong)]
                    source a = 0..4u64;
                    #[breaker(&breaker, open = reject), $($policy)*]
                    stage b = a.map(async |n| wrong_at(1, n)?) else bad;
                    sink s = b.collect::<Vec<_>>();
                    sink r = bad.map(|bad| match bad.error() {
                        Failed::Error(_) => (*bad.item().unwrap(), "body"),
                        Failed::Open(_) => (*bad.item().unwrap(), "open"),
                        Failed::Timeout(_) => (*bad.item().unwrap(), "late"),
                    }).collect::<Vec<_>>();
                };
                let outcome = live.wait(pipeline.spawn()).await;
                let (good, bad) = outcome.result.unwrap();
                assert_eq!((good, bad), (vec![0], vec![(1, "body"), (2, "open"), (3, "open")]));
            });
        };
    }
    case!(buffer(4));
    case!(timeout(1s));
    case!(in_flight(1));
    case!(retry(attempts = 2, backoff = 1ms..1ms));
}

/// Shared by two stages and two pipelines, and forced from outside.
#[test]
fn shared_and_forced() {
    paused(|live| async move {
        let breaker = Breaker::builder().build().unwrap();
        let clock = Clock::new();
        let make = || {
            let clock = clock.clone();
            pipeline! {
                clone clock;
                source a = 0..2u64;
                #[breaker(&breaker)]
                stage b = a.map(async |n| { clock.note(n); n });
                #[breaker(&breaker)]
                sink s = b.for_each(async |n| clock.note(n + 10));
            }
        };
        breaker.force_open();
        let (one, two) = (make().spawn(), make().spawn());
        sleep(millis(50)).await;
        assert_eq!(clock.all(), []);
        breaker.force_closed();
        live.wait(one).await.result.unwrap();
        let outcome = live.wait(two).await;
        assert_eq!(clock.all().len(), 8);
        assert!(clock.all().iter().all(|(time, _)| *time == 50));
        assert_eq!(outcome.report.stage("b").unwrap().paused, millis(50));
        assert_eq!(breaker.state(), BreakerState::ForcedClosed);
    });
}

#[derive(Debug, PartialEq)]
enum Login {
    Granted,
    Denied,
}
use Login::*;

impl CallClass for Login {
    fn verdict(&self) -> Verdict {
        Verdict::Success
    }
}

/// Refusals and then a success: an attack, and no recovery.
#[test]
fn trips_on_a_sequence() {
    paused(|live| async move {
        let clock = Clock::new();
        let pipeline = {
            let clock = clock.clone();
            pipeline! {
                clone clock;
                source a = [true, false, false, true, true];
                #[breaker(
                    classify = |result| if let Ok(true) = result { Granted } else { Denied },
                    trip_on = [Denied, Denied, Granted],
                    open_for = 1s,
                )]
                sink s = a.map(async |granted: bool| { clock.note(granted); granted }).count();
            }
        };
        assert_eq!(live.wait(pipeline.spawn()).await.result.unwrap(), 5);
        assert_eq!(clock.all(), [(0, true), (0, false), (0, false), (0, true), (1000, true)]);
    });
}
