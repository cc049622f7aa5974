//! `on_error(|e| …)`: by its error an item ends the run, is skipped or goes to the `else` stream.

use pipeline_runtime::{BoxError, Cause, Failed, pipeline};
use tokio::time::sleep;

use super::clock::{Clock, millis};
use crate::support::*;

/// What the items here fail with: 1 is skipped, 2 is rejected, 3 ends the run.
fn of_kind(n: u64) -> Result<u64, Wrong> {
    if n.is_multiple_of(4) { Ok(n) } else { Err(Wrong::At(n % 4)) }
}

/// Each word does what it says, in every form that a statement has.
#[test]
fn decides_by_the_error() {
    macro_rules! case {
        ([$($async:tt)*], $($policy:tt)*) => {
            all(|live| async move {
                let pipeline = pipeline! {
                    #![error(Wrong)]
                    source a = (0..20u64).filter(|n| n % 4 < 3).collect::<Vec<_>>();
                    #[on_error(|e| match e { Wrong::At(1) => skip, Wrong::At(2) => reject, _ => fail }), $($policy)*]
                    stage b = a.map($($async)* |n| of_kind(n)?) else bad;
                    sink good = b.collect::<Vec<_>>();
                    sink letters = bad.map(|letter| letter.into_parts()).collect::<Vec<_>>();
                };
                let outcome = live.wait(pipeline.spawn()).await;
                let stage = outcome.report.stage("b").unwrap();
                assert_eq!((stage.done, stage.skipped, stage.rejected, stage.failed), (5, 5, 5, 0));
                let (good, letters) = outcome.result.unwrap();
                assert_eq!(good, [0, 4, 8, 12, 16]);
                assert_eq!(letters, [2, 6, 10, 14, 18].map(|n| (Some(n), Wrong::At(2))));
            });
            all(|live| async move {
                let pipeline = pipeline! {
                    #![error(Wrong)]
                    source a = 0..20u64;
                    #[on_error(|e| if *e == Wrong::At(3) { fail } else { reject }), $($policy)*]
                    stage b = a.map($($async)* |n| of_kind(n)?) else bad;
                    sink good = b.count();
                    sink letters = bad.count();
                };
                let outcome = live.wait(pipeline.spawn()).await;
                // another one may have failed beside it
                assert!(outcome.report.stage("b").unwrap().failed >= 1);
                let failure = outcome.result.unwrap_err();
                assert!(matches!(failure.cause(), Cause::Error(Wrong::At(3))), "{failure}");
                assert_eq!(failure.stage(), Some("b"));
            });
            // without an `else` stream
            all(|live| async move {
                let pipeline = pipeline! {
                    #![error(Wrong)]
                    source a = [0, 1, 2, 4, 3, 8];
                    #[on_error(|e| match e { Wrong::At(3) => fail, _ => skip }), $($policy)*]
                    stage b = a.map($($async)* |n| of_kind(n)?);
                    sink good = b.collect::<Vec<_>>();
                };
                let outcome = live.wait(pipeline.spawn()).await;
                let stage = outcome.report.stage("b").unwrap();
                assert_eq!((stage.done + stage.discarded + stage.failed, stage.skipped), (stage.received - 2, 2));
                assert!(matches!(outcome.result.unwrap_err().cause(), Cause::Error(Wrong::At(3))));
            });
        };
    }
    case!([], buffer(1));
    case!([async], buffer(1));
    case!([], workers(2));
    case!([async], workers(2));
    case!([async], in_flight(3));
    case!([async], in_flight(3), workers(2));
    case!([async], in_flight(3), keyed(|n| n % 3));
    case!([], blocking);
    case!([], inline);
    case!([async], retry(attempts = 2, backoff = 1ms..1ms));
    case!([async], in_flight(3), retry(attempts = 2, backoff = 1ms..1ms));
}

/// It is asked after the last attempt, and is shown what the statement fails with.
#[test]
fn after_the_last_attempt() {
    paused(|live| async move {
        let (clock, asked) = (Clock::<()>::new(), Log::default());
        let pipeline = pipeline! {
            clone clock, asked;
            source a = [1, 2, 3];
            #[timeout(10ms), retry(attempts = 3, backoff = 100ms..100ms, jitter = none)]
            #[on_error(|failed| {
                asked.push((clock.now(), failed.to_string()));
                match failed {
                    Failed::Timeout(timeout) if timeout.total => fail,
                    Failed::Timeout(_) => skip,
                    Failed::Open(_) => fail,
                    Failed::Error(_) => reject,
                }
            })]
            stage b = a.map(async |ref n: u64| match n {
                1 => sleep(millis(50)).await,
                2 => Err(BoxError::from("no"))?,
                _ => {}
            }) else bad;
            sink good = b.count();
            sink letters = bad.map(|letter| letter.attempts()).collect::<Vec<_>>();
        };
        let (good, letters) = live.run(pipeline).await.unwrap();
        assert_eq!((good, letters.as_slice()), (1, [3].as_slice()));
        assert_eq!(asked.all(), [(230, "a body took longer than 10ms".to_owned()), (430, "no".to_owned())]);
    });
}

/// What came in the place of an item is decided likewise; and what fails in one place keeps its place in the order.
#[test]
fn of_the_input_and_in_order() {
    all(|live| async move {
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = (0..12u64).map(of_kind).filter(|x| *x != Err(Wrong::At(3))).collect::<Vec<_>>();
            #[in_flight(4), on_error(|e| match e { Wrong::At(1) => skip, _ => reject })]
            stage b = a?.map(async |n| {
                if n == 4 { tokio::time::sleep(millis(5)).await }
                wrong_at(8, n)?
            }) else bad;
            sink good = b.collect::<Vec<_>>();
            sink letters = bad.map(|letter| letter.into_parts()).collect::<Vec<_>>();
        };
        let (good, letters) = live.run(pipeline).await.unwrap();
        assert_eq!(good, [0, 4]);
        let at = |n| Wrong::At(n);
        assert_eq!(letters, [(None, at(2)), (None, at(2)), (Some(8), at(8)), (None, at(2))]);
    });
}

/// The words are nothing outside of the closure, and what is called so around it stays what it is.
#[test]
fn has_its_words_for_itself() {
    all(|live| async move {
        let (fail, skip, reject) = (10, 20, 30);
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = 0..4u64;
            #[on_error(|reject| match reject { Wrong::At(1) => skip, _ => fail })]
            stage b = a.map(|n| wrong_at(1, n)? + fail + skip + reject);
            sink c = b.collect::<Vec<_>>();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), [60, 62, 63]);
    });
}

/// One closure for several operators, and for a `forward` whose items cannot come back.
#[test]
fn of_several_operators() {
    all(|live| async move {
        let skipped = Counter::default();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone skipped;
            source a = ["1", "x", "2", "3"];
            #[on_error(|_| { skipped.add(); skip })]
            stage b = a.map(|text| text.parse::<u64>()?).filter(async |n| wrong_at(2, *n)? > 1);
            sink c = b.collect::<Vec<_>>();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), [3]);
        assert_eq!(skipped.get(), 2);
    });
}

/// What stands behind an item that has failed the run, in the line of its key, never begins; behind one that is skipped it does.
#[test]
fn ends_the_line_of_a_key_where_the_run_fails() {
    all(|live| async move {
        for (second, third, begins) in [(3u64, 7u64, false), (1, 5, true)] {
            let (begun, gate) = (Log::default(), Gate::default());
            let (log, first) = (begun.clone(), gate.clone());
            let running = pipeline! {
                #![error(Wrong)]
                source a = [0, second, third];
                #[on_error(|e| match e { Wrong::At(3) => fail, _ => skip }), in_flight(3), keyed(|n| n % 4)]
                stage b = a.map(async |n| {
                    log.push(n);
                    if n == 0 { first.pass().await; }
                    of_kind(n)?
                });
                sink s = b.count();
            }
            .spawn();
            while !begun.all().contains(&second) {
                tokio::task::yield_now().await;
            }
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            gate.open();
            let outcome = live.wait(running).await;
            assert_eq!(outcome.result.is_ok(), begins);
            assert_eq!(begun.all().contains(&third), begins);
        }
    });
}
