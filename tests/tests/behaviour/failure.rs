//! The first failure is recorded before anything is cancelled, in its place in the order where there is one.

use std::error::Error;

use pipeline_runtime::{BoxError, Cause, Failure, Pipeline, pipeline};

use super::support::*;

#[track_caller]
fn error_of<O: std::fmt::Debug>(result: Result<O, Failure<Wrong>>) -> (Wrong, Option<&'static str>) {
    let failure = result.unwrap_err();
    let stage = failure.stage();
    (failure.into_error().unwrap(), stage)
}

/// The cause is the error and never "cancelled", whichever task notices what first.
#[test]
fn the_cause_is_the_error() {
    for _ in 0..20 {
        both(|live| async move {
            let guards = live.clone();
            let out = live
                .run(pipeline! {
                    #![error(Wrong)]
                    #![buffer(2)]
                    source a = 0..1000u64;
                    stage b = a.map(async |n| { let _guard = guards.guard(); tokio::task::yield_now().await; n });
                    stage c = b.map(|n| wrong_at(40, n)?);
                    stage d = c.filter(|_| true);
                    sink s = d.count();
                })
                .await;
            assert_eq!(error_of(out), (Wrong::At(40), Some("c")));
        });
    }
}

/// A failure in each kind of stage names the stage.
#[test]
fn each_stage_is_named() {
    all(|live| async move {
        for bad in ["a", "b", "c", "d", "e", "f", "g", "s"] {
            let fail = move |stage: &str, n: u64| if stage == bad { wrong_at(3, n) } else { Ok(n) };
            let out = live
                .run(pipeline! {
                    #![error(Wrong)]
                    source a = { fail("a", 3)?; 0..50u64 };
                    stage b = a.map(|n| fail("b", n)?);
                    #[workers(2)]
                    stage c = b.map(|n| fail("c", n)?);
                    #[in_flight(4)]
                    stage d = c.map(async |n| fail("d", n)?);
                    #[blocking]
                    stage e = d.map(|n| fail("e", n)?);
                    stage f = e.process(async |input, output| {
                        while let Some(n) = input.next().await { output.send(fail("f", n)?).await; }
                    });
                    #[workers(2), unordered]
                    stage g = f.filter_map(|n| Some(fail("g", n)?));
                    sink s = g.for_each(async |n| { fail("s", n)?; });
                })
                .await;
            let (error, stage) = error_of(out.map(drop));
            assert_eq!((error, stage), (Wrong::At(3), Some(bad)));
        }
    });
}

/// What comes before the failed item has been passed on; nothing behind it has.
#[test]
fn a_failure_has_its_place_in_a_plain_stage() {
    all(|live| async move {
        let outcome = live
            .wait(
                pipeline! {
                    #![error(Wrong)]
                    source a = 0..100u64;
                    stage b = a.map(|n| wrong_at(40, n)?);
                    sink s = b.count();
                }
                .spawn(),
            )
            .await;
        let b = outcome.report.stage("b").unwrap();
        assert_eq!((b.received, b.done, b.failed, b.emitted), (41, 40, 1, 40));
        assert_eq!(outcome.report.edge("b").unwrap().sent, 40);
        assert_eq!(error_of(outcome.result), (Wrong::At(40), Some("b")));
    });
}

/// In ordered workers: what comes before it is finished first, though it takes longer, and is passed on.
#[test]
fn a_failure_has_its_place_among_ordered_workers() {
    both(|live| async move {
        let (gate, failed, guards) = (Gate::default(), Counter::default(), live.clone());
        let (gate_2, failed_2, seen) = (gate.clone(), failed.clone(), Log::default());
        let seen_2 = seen.clone();
        let running = pipeline! {
            #![error(Wrong)]
            source a = 0..1000u64;
            #[workers(4)]
            stage b = a.map(async |n| {
                let _guard = guards.guard();
                if n == 0 { gate_2.pass().await; }
                if n == 2 { failed_2.add(); }
                wrong_at(2, n)?
            });
            sink s = b.for_each(|n| seen_2.push(n));
            s
        }
        .spawn();
        live.step("item 2 fails while item 0 stands still");
        while failed.get() == 0 {
            tokio::task::yield_now().await;
        }
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        live.step("item 0 goes on");
        gate.open();
        let outcome = live.wait(running).await;
        // Both items before it are through, and nothing behind it is passed on.
        let b = outcome.report.stage("b").unwrap();
        assert!(b.done >= 2 && b.failed == 1, "\n{}", outcome.report);
        assert!(outcome.report.edge("b").unwrap().sent >= 2, "\n{}", outcome.report);
        assert!([0, 1].starts_with(&seen.all()), "{:?}", seen.all());
        assert_eq!(error_of(outcome.result), (Wrong::At(2), Some("b")));
    });
}

/// The same in a sink whose effects are to be seen.
#[test]
fn what_comes_before_a_failure_has_its_effect() {
    all(|live| async move {
        for _ in 0..10 {
            let seen = Log::default();
            let seen_2 = seen.clone();
            let out = live
                .run(pipeline! {
                    #![error(Wrong)]
                    source a = 0..100u64;
                    #[in_flight(8)]
                    sink s = a
                        .map(async |n| {
                            // The failing one is the first to be ready.
                            for _ in n..7 { tokio::task::yield_now().await; }
                            wrong_at(7, n)?
                        })
                        .for_each(|n| seen_2.push(n));
                    s
                })
                .await;
            assert_eq!(error_of(out), (Wrong::At(7), Some("s")));
            assert_eq!(seen.all(), [0, 1, 2, 3, 4, 5, 6]);
        }
    });
}

/// In a sink with ordered workers, each item before the failed one has been worked on to the end.
#[test]
fn a_sink_of_workers_finishes_what_comes_before() {
    both(|live| async move {
        let (gate, failed, seen) = (Gate::default(), Counter::default(), Log::default());
        let (gate_2, failed_2, seen_2) = (gate.clone(), failed.clone(), seen.clone());
        let running = pipeline! {
            #![error(Wrong)]
            source a = 0..1000u64;
            #[workers(3)]
            sink s = a.for_each(async |n| {
                if n == 0 { gate_2.pass().await; }
                if n == 1 { failed_2.add(); }
                wrong_at(1, n)?;
                seen_2.push(n);
            });
            s
        }
        .spawn();
        while failed.get() == 0 {
            tokio::task::yield_now().await;
        }
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert!(!seen.all().contains(&0));
        gate.open();
        assert_eq!(error_of(live.wait(running).await.result), (Wrong::At(1), Some("s")));
        assert!(seen.all().contains(&0), "{:?}", seen.all());
    });
}

/// The error of the item that comes first wins, though another one failed before it; that one is kept.
#[test]
fn the_first_in_order_wins_among_workers() {
    both(|live| async move {
        let (gate, failed) = (Gate::default(), Counter::default());
        let (gate_2, failed_2) = (gate.clone(), failed.clone());
        let running = pipeline! {
            #![error(Wrong)]
            source a = 0..1000u64;
            #[workers(4)]
            stage b = a.map(async |n| {
                if n == 1 { gate_2.pass().await; }
                if n == 3 { failed_2.add(); }
                if n == 1 || n == 3 { Err::<u64, _>(Wrong::At(n))? } else { n }
            });
            sink s = b.count();
        }
        .spawn();
        while failed.get() == 0 {
            tokio::task::yield_now().await;
        }
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        gate.open();
        let outcome = live.wait(running).await;
        assert_eq!(outcome.report.stage("b").unwrap().failed, 2, "\n{}", outcome.report);
        let failure = outcome.result.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Error(Wrong::At(1))), "{failure}");
        let later: Vec<_> = failure.suppressed().iter().map(|later| (later.stage, &later.cause)).collect();
        assert!(matches!(later[..], [(Some("b"), Cause::Error(Wrong::At(3)))]), "{later:?}");
    });
}

#[test]
fn the_first_in_order_wins_in_flight() {
    all(|live| async move {
        let (gate, failed) = (Gate::default(), Counter::default());
        let (gate_2, failed_2) = (gate.clone(), failed.clone());
        let running = pipeline! {
            #![error(Wrong)]
            source a = 0..1000u64;
            #[in_flight(4)]
            stage b = a.map(async |n| {
                if n == 1 { gate_2.pass().await; }
                if n == 3 { failed_2.add(); }
                if n == 1 || n == 3 { Err::<u64, _>(Wrong::At(n))? } else { n }
            });
            sink s = b.count();
        }
        .spawn();
        while failed.get() == 0 {
            tokio::task::yield_now().await;
        }
        gate.open();
        let outcome = live.wait(running).await;
        assert_eq!(outcome.report.edge("b").unwrap().sent, 1, "\n{}", outcome.report);
        let failure = outcome.result.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Error(Wrong::At(1))), "{failure}");
        let later: Vec<_> = failure.suppressed().iter().map(|later| (later.stage, &later.cause)).collect();
        assert!(matches!(later[..], [(Some("b"), Cause::Error(Wrong::At(3)))]), "the later failure is kept: {later:?}");
    });
}

/// Given up order: at once, though what comes before never ends.
#[test]
fn an_unordered_stage_fails_at_once() {
    all(|live| async move {
        let (guards, guards_2) = (live.clone(), live.clone());
        let out = live
            .run(pipeline! {
                #![error(Wrong)]
                source a = 0..1000u64;
                #[workers(2), unordered]
                stage b = a.map(async |n| {
                    let _guard = guards.guard();
                    if n == 0 { std::future::pending::<()>().await; }
                    wrong_at(5, n)?
                });
                sink s = b.count();
            })
            .await;
        assert_eq!(error_of(out), (Wrong::At(5), Some("b")));
        let out = live.run(pipeline! {
            #![error(Wrong)]
            source a = 0..1000u64;
            #[in_flight(2), unordered]
            stage b = a.map(async |n| {
                let _guard = guards_2.guard();
                if n == 0 { std::future::pending::<()>().await; }
                wrong_at(5, n)?
            });
            sink s = b.count();
        });
        assert_eq!(error_of(out.await), (Wrong::At(5), Some("b")));
    });
}

/// Intake stops once an ordered stage has failed.
#[test]
fn intake_stops_at_a_failure() {
    paused(|live| async move {
        let (gate, begun) = (Gate::default(), Counter::default());
        let (gate_2, begun_2) = (gate.clone(), begun.clone());
        let running = pipeline! {
            #![error(Wrong)]
            source a = 0..1000u64;
            #[in_flight(4)]
            stage b = a.map(async |n| {
                begun_2.add();
                if n == 0 { gate_2.pass().await; }
                wrong_at(1, n)?
            });
            sink s = b.count();
        }
        .spawn();
        quiet().await;
        let at_failure = begun.get();
        assert!(at_failure <= 5, "{at_failure}");
        gate.open();
        assert_eq!(error_of(live.wait(running).await.result), (Wrong::At(1), Some("b")));
        assert_eq!(begun.get(), at_failure);
    });
}

/// Two stages that fail: the first one is the cause, the second one is kept.
#[test]
fn later_failures_are_suppressed() {
    both(|live| async move {
        let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(2));
        let other = barrier.clone();
        let (gate, gate_2) = (Gate::default(), Gate::default());
        let (open, open_2) = (gate.clone(), gate_2.clone());
        let running = pipeline! {
            #![error(Wrong)]
            source a = 0..1u64;
            source b = 0..1u64;
            #[blocking]
            sink s = a.for_each(|n| { gate.pass_blocking(); wrong_at(0, n)?; });
            #[blocking]
            sink t = b.for_each(|n| { gate_2.pass_blocking(); wrong_at(0, n)?; });
            {
                let _ = (s, t);
            }
        }
        .spawn();
        let meet = async { tokio::join!(barrier.wait(), other.wait()) };
        meet.await;
        while running.report().stage("s").unwrap().state != pipeline_runtime::StageState::Running {
            tokio::task::yield_now().await;
        }
        open.open();
        // Only once the first failure has stopped the run, the second body, which cannot be stopped, fails too.
        while running.report().stage("s").unwrap().failed == 0 {
            tokio::task::yield_now().await;
        }
        open_2.open();
        let failure = live.wait(running).await.result.unwrap_err();
        assert_eq!(failure.stage(), Some("s"), "{failure}");
        assert!(matches!(failure.cause(), Cause::Error(Wrong::At(0))));
    });
}

/// A second panic, in a body that cannot be interrupted, is kept.
#[test]
fn a_later_panic_is_suppressed() {
    both(|live| async move {
        let (gate, gate_2, up) = (Gate::default(), Gate::default(), Counter::default());
        let (open, open_2, up_2, up_3) = (gate.clone(), gate_2.clone(), up.clone(), up.clone());
        let running = pipeline! {
            #![error(Wrong)]
            source a = 0..1u64;
            source b = 0..1u64;
            #[blocking]
            sink s = a.for_each(|n| { up_2.add(); gate.pass_blocking(); wrong_at(0, n)?; });
            #[blocking]
            sink t = b.for_each(|_| { up_3.add(); gate_2.pass_blocking(); panic!("second") });
            { let _: (u64, u64) = (s, t); }
        }
        .spawn();
        while up.get() < 2 {
            tokio::task::yield_now().await;
        }
        open.open();
        while running.report().stage("s").unwrap().state != pipeline_runtime::StageState::Ended {
            tokio::task::yield_now().await;
        }
        open_2.open();
        let failure = live.wait(running).await.result.unwrap_err();
        assert_eq!((failure.stage(), failure.suppressed().len()), (Some("s"), 1), "{failure}");
        assert_eq!(failure.suppressed()[0].stage, Some("t"));
        assert!(matches!(&failure.suppressed()[0].cause, Cause::Panic(message) if message == "second"));
        assert_eq!(failure.to_string().lines().count(), 1);
    });
}

fn parse(text: &str) -> Pipeline<u64, BoxError> {
    let texts = vec![text.to_owned()];
    pipeline! {
        #![name = "load"]
        source texts = texts;
        stage records = texts.map(|text| text.parse::<u64>()?);
        sink s = records.fold(0, |a, n| a + n);
    }
}

/// `Display` is one line, as the design has it.
#[test]
fn display_is_one_line() {
    all(|live| async move {
        let failure = live.run(parse("x")).await.unwrap_err();
        assert_eq!(failure.to_string(), "pipeline `load` failed in stage `records`: invalid digit found in string");
        assert_eq!(failure.pipeline(), "load");
        assert_eq!(live.run(parse("17")).await.unwrap(), 17);
    });
}

/// By `?` into a boxed error and into an error of one's own, and its source is what is behind the error.
#[test]
fn converts_by_question_mark() {
    both(|live| async move {
        async fn boxed() -> Result<u64, BoxError> {
            Ok(parse("x").run().await?)
        }
        async fn std_boxed() -> Result<u64, Box<dyn Error>> {
            Ok(parse("x").run().await?)
        }
        #[derive(Debug)]
        enum Mine {
            Run(Failure<BoxError>),
        }
        impl From<Failure<BoxError>> for Mine {
            fn from(failure: Failure<BoxError>) -> Self {
                Mine::Run(failure)
            }
        }
        async fn mine() -> Result<u64, Mine> {
            Ok(parse("x").run().await?)
        }
        let expected = "pipeline `load` failed in stage `records`: invalid digit found in string";
        assert_eq!(boxed().await.unwrap_err().to_string(), expected);
        assert_eq!(std_boxed().await.unwrap_err().to_string(), expected);
        let Mine::Run(failure) = mine().await.unwrap_err();
        assert_eq!(failure.to_string(), expected);
        assert!(failure.into_error().unwrap().is::<std::num::ParseIntError>());
        live.settled().await;
    });
}

/// With an error type of its own: `Display`, `source()`, `into_error()`.
#[test]
fn a_custom_error_enum() {
    all(|live| async move {
        let failure = live
            .run(pipeline! {
                #![name = "own"]
                #![error(Wrong)]
                source a = vec!["1", "x"];
                sink s = a.map(|text| text.parse::<u64>()?).for_each(|_| ());
                s
            })
            .await
            .unwrap_err();
        assert_eq!(failure.to_string(), "pipeline `own` failed in stage `s`: no number: invalid digit found in string");
        assert_eq!(failure.source().unwrap().to_string(), "invalid digit found in string");
        assert!(matches!(failure.into_error(), Ok(Wrong::Number(_))));
    });
}

/// `into_error` gives the failure back where there is no error.
#[test]
fn into_error_of_what_is_none() {
    all(|live| async move {
        let running = pipeline! {
            source a = futures::stream::pending::<u64>();
            sink s = a.count();
        }
        .spawn();
        running.cancel();
        let failure = live.wait(running).await.result.unwrap_err();
        assert!(matches!(failure.into_error().unwrap_err().cause(), Cause::Cancelled));
    });
}

/// `lines?` fails the run with what was received.
#[test]
fn question_mark_at_the_input_fails() {
    all(|live| async move {
        let outcome = live
            .wait(
                pipeline! {
                    #![error(Wrong)]
                    source a = (0..10u64).map(|n| wrong_at(4, n));
                    stage b = a?.map(|n| n);
                    sink s = b.count();
                }
                .spawn(),
            )
            .await;
        let b = outcome.report.stage("b").unwrap();
        assert_eq!((b.received, b.done, b.failed), (5, 4, 1));
        assert_eq!(error_of(outcome.result), (Wrong::At(4), Some("b")));
    });
}

/// The failed source has a `?` in its expression, in an await.
#[test]
fn a_source_that_cannot_be_opened() {
    all(|live| async move {
        let failure = live
            .run(pipeline! {
                #![name = "open"]
                source lines = { tokio::task::yield_now().await; "x".parse::<u64>()?..7 };
                sink s = lines.count();
            })
            .await
            .unwrap_err();
        assert_eq!(failure.to_string(), "pipeline `open` failed in stage `lines`: invalid digit found in string");
    });
}

/// An error held by an ordered stage whose turn never comes is reported by a cancel, a deadline and a drain.
#[test]
fn a_held_error_is_reported_by_what_stops_the_run() {
    paused(|live| async move {
        for stop in ["cancel", "deadline", "drain"] {
            for in_flight in [false, true] {
                let guards = live.clone();
                let body = async move |n: u64| {
                    let _guard = guards.guard();
                    if n == 0 {
                        std::future::pending::<()>().await;
                    }
                    wrong_at(1, n)
                };
                let pipeline = if in_flight {
                    pipeline! {
                        #![error(Wrong)]
                        #![drain(1s)]
                        source a = 0..1000u64;
                        #[in_flight(3)]
                        stage b = a.map(async |n| body(n).await?);
                        sink s = b.count();
                    }
                } else {
                    pipeline! {
                        #![error(Wrong)]
                        #![drain(1s)]
                        source a = 0..1000u64;
                        #[workers(3)]
                        stage b = a.map(async |n| body(n).await?);
                        sink s = b.count();
                    }
                };
                let pipeline = if stop == "deadline" { pipeline.deadline(time(3)) } else { pipeline };
                let running = pipeline.spawn();
                quiet().await;
                match stop {
                    "cancel" => running.cancel(),
                    "drain" => running.shutdown(),
                    _ => {}
                }
                let failure = live.wait(running).await.result.unwrap_err();
                assert!(matches!(failure.cause(), Cause::Error(Wrong::At(1))), "{stop} {in_flight}: {failure}");
                assert_eq!(failure.stage(), Some("b"));
            }
        }
    });
}

fn time(seconds: u64) -> std::time::Duration {
    std::time::Duration::from_secs(seconds)
}

/// Downstream of a failure nobody sees a clean end: no partial batch goes out, no sink is closed, no value is built.
#[test]
fn a_failure_never_looks_like_the_end() {
    all(|live| async move {
        for how in ["error", "panic"] {
            let fail = move |n: u64| match (how, n) {
                ("error", 5) => Err(Wrong::At(5)),
                ("panic", 5) => panic!("five"),
                _ => Ok(n),
            };
            let ends = Ends::default();
            let runs: Vec<Pipeline<(), Wrong>> = vec![
                {
                    let ends = ends.clone();
                    pipeline! {
                        #![error(Wrong)]
                        clone ends;
                        source a = 0..10u64;
                        stage b = a.map(|n| fail(n)?);
                        stage (c, d) = b.tee();
                        sink s = c.batch(100).for_each(|batch: Vec<u64>| ends.push(batch));
                        sink t = d.forward(ends.sink());
                        { let _ = (s, t); }
                    }
                },
                {
                    let ends = ends.clone();
                    pipeline! {
                        #![error(Wrong)]
                        clone ends;
                        source a = 0..10u64;
                        #[workers(2)]
                        stage (b, d) = a.map(|n| fail(n)?).tee();
                        sink s = b.batch(100).for_each(|batch: Vec<u64>| ends.push(batch));
                        sink t = d.forward(ends.sink());
                        { let _ = (s, t); }
                    }
                },
                {
                    let ends = ends.clone();
                    pipeline! {
                        #![error(Wrong)]
                        source a = 0..10u64;
                        #[workers(2), unordered]
                        stage b = a.map(|n| fail(n)?);
                        sink s = b.batch(100).for_each(|batch: Vec<u64>| ends.push(batch));
                        { let _ = s; }
                    }
                },
                {
                    let ends = ends.clone();
                    pipeline! {
                        #![error(Wrong)]
                        source a = 0..10u64;
                        #[in_flight(3)]
                        stage b = a.map(async |n| fail(n)?);
                        sink s = b.forward(ends.sink());
                        { let _ = s; }
                    }
                },
                {
                    let ends = ends.clone();
                    pipeline! {
                        #![error(Wrong)]
                        source a = 0..10u64;
                        #[blocking]
                        stage b = a.map(|n| fail(n)?);
                        sink s = b.forward(ends.sink());
                        { let _ = s; }
                    }
                },
                {
                    let ends = ends.clone();
                    pipeline! {
                        #![error(Wrong)]
                        source a = 0..10u64;
                        stage b = a.process(async |input, output| {
                            while let Some(n) = input.next().await { output.send(fail(n)?).await; }
                        });
                        sink s = b.forward(ends.sink());
                        { let _ = s; }
                    }
                },
                {
                    let ends = ends.clone();
                    pipeline! {
                        #![error(Wrong)]
                        source a = { fail(5)?; 0..10u64 };
                        source x = 0..3u64;
                        stage b = concat(x, a);
                        sink s = b.batch(100).for_each(|b: Vec<u64>| ends.push(b));
                        { let _ = s; }
                    }
                },
                {
                    let ends = ends.clone();
                    pipeline! {
                        #![error(Wrong)]
                        source a = (0..10u64).map(move |n| fail(n).unwrap());
                        stage b = a.process(async |input, output| {
                            while let Some(n) = input.next().await { output.send(n).await; }
                            ends.push(vec![]);
                        });
                        sink s = b.count();
                        { let _ = s; }
                    }
                },
                {
                    let ends = ends.clone();
                    pipeline! {
                        #![error(Wrong)]
                        source a = 0..10u64;
                        #[keyed(|n| n % 3)]
                        stage b = a.map(|n| fail(n)?);
                        source y = 0..3u64;
                        sink s = merge(y, b).batch(100).for_each(|b: Vec<u64>| ends.push(b));
                        { let _ = s; }
                    }
                },
                {
                    let ends = ends.clone();
                    pipeline! {
                        #![error(Wrong)]
                        source a = 0..10u64;
                        #[workers(2), keyed(|n| n % 3)]
                        stage b = a.map(|n| fail(n)?);
                        source y = 0..30u64;
                        sink s = zip(y, b).map(|(_, n)| n).batch(100).for_each(|b: Vec<u64>| ends.push(b));
                        { let _ = s; }
                    }
                },
            ];
            for (number, run) in runs.into_iter().enumerate() {
                live.step(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"][number]);
                let failure = live.run(run).await.unwrap_err();
                let panicked = matches!(failure.cause(), Cause::Panic(_));
                assert!(panicked || matches!(failure.cause(), Cause::Error(Wrong::At(5))), "{number} {how} {failure}");
                assert_eq!(ends.0.all(), Vec::<Vec<u64>>::new(), "{number} {how}");
            }
        }
    });
}

/// So it is when the other workers have found the end of the input before the last one fails.
#[test]
fn a_failure_of_the_last_worker_never_looks_like_the_end() {
    both(|live| async move {
        for panics in [false, true] {
            let (gate, ends) = (Gate::default(), Ends::default());
            let (gate_2, ends_2) = (gate.clone(), ends.clone());
            let running = pipeline! {
                #![error(Wrong)]
                source a = 0..2u64;
                #[workers(2), unordered]
                stage b = a.map(async |n| {
                    if n == 0 {
                        gate_2.pass().await;
                        assert!(!panics, "late");
                    }
                    wrong_at(0, n)?
                });
                sink s = b.batch(100).for_each(|batch: Vec<u64>| ends_2.push(batch));
                s
            }
            .spawn();
            live.step("the source and one worker end: the other, the sink and the run's own task are left");
            while tokio::runtime::Handle::current().metrics().num_alive_tasks() > 3 {
                tokio::task::yield_now().await;
            }
            gate.open();
            let outcome = live.wait(running).await;
            assert_eq!(outcome.result.unwrap_err().stage(), Some("b"));
            assert_eq!(ends.0.all(), Vec::<Vec<u64>>::new());
        }
    });
}

/// What is done only at the end of the input.
#[derive(Clone, Default)]
struct Ends(Log<Vec<u64>>);

impl Ends {
    fn push(&self, batch: Vec<u64>) {
        self.0.push(batch);
    }

    fn sink(&self) -> impl futures::Sink<u64, Error = Wrong> + Send + 'static {
        Closing::<u64>(self.clone(), std::marker::PhantomData)
    }
}

/// A sink that tells when it is closed.
struct Closing<T>(Ends, std::marker::PhantomData<fn(T)>);

impl<T> futures::Sink<T> for Closing<T> {
    type Error = Wrong;

    fn poll_ready(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Result<(), Wrong>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn start_send(self: std::pin::Pin<&mut Self>, _: T) -> Result<(), Wrong> {
        Ok(())
    }

    fn poll_flush(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Result<(), Wrong>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn poll_close(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Result<(), Wrong>> {
        self.0.push(vec![u64::MAX]);
        std::task::Poll::Ready(Ok(()))
    }
}

/// The sink of a `forward` is closed at a clean end, once.
#[test]
fn a_forward_closes_its_sink_at_a_clean_end() {
    all(|live| async move {
        let ends = Ends::default();
        let sink = ends.sink();
        let out = live
            .run(pipeline! {
                #![error(Wrong)]
                source a = 0..10u64;
                sink s = a.forward(sink);
                s
            })
            .await;
        assert_eq!(out.unwrap(), 10);
        assert_eq!(ends.0.all(), [[u64::MAX]]);
    });
}

/// What fails is the sink of a `forward`.
#[test]
fn the_error_of_a_forward_is_the_run_s() {
    all(|live| async move {
        let sink = futures::sink::unfold(0u64, |count, n: u64| async move { wrong_at(3, n).map(|_| count + 1) });
        let out = live
            .run(pipeline! {
                #![error(Wrong)]
                source a = 0..10u64;
                sink s = a.forward(sink);
                s
            })
            .await;
        assert_eq!(error_of(out), (Wrong::At(3), Some("s")));
    });
}

/// Skipped failures are counted, and the run goes on.
#[test]
fn skipped_failures() {
    all(|live| async move {
        let outcome = live
            .wait(
                pipeline! {
                    #![error(Wrong)]
                    source a = 0..10u64;
                    #[on_error(skip)]
                    stage b = a.map(|n| wrong_at(n / 2 * 2, n)?);
                    #[on_error(skip), workers(2)]
                    stage c = b.map(|n| wrong_at(3, n)?);
                    #[on_error(skip), in_flight(2)]
                    sink s = c.map(async |n| wrong_at(5, n)?).collect::<Vec<_>>();
                }
                .spawn(),
            )
            .await;
        assert_eq!(outcome.result.unwrap(), [1, 7, 9]);
        let skipped = |name| outcome.report.stage(name).unwrap().skipped;
        assert_eq!((skipped("b"), skipped("c"), skipped("s")), (5, 1, 1));
    });
}
