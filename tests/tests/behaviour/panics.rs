//! A panic of user code ends the run, with its message and its stage, and nothing else.

use pipeline_runtime::{Cause, Failure, pipeline};

use super::support::*;

#[track_caller]
fn panic_of<O: std::fmt::Debug>(result: Result<O, Failure<Wrong>>) -> (String, Option<&'static str>) {
    let failure = result.unwrap_err();
    match failure.cause() {
        Cause::Panic(message) => (message.clone(), failure.stage()),
        _ => panic!("{failure}"),
    }
}

#[test]
fn each_stage_s_panic_is_named() {
    all(|live| async move {
        for bad in ["a", "b", "c", "d", "e", "f", "g", "h", "s"] {
            let guards = live.clone();
            let check = move |stage: &str, n: u64| {
                let _guard = guards.guard();
                assert!(stage != bad || n != 3, "{stage} saw {n}");
                n
            };
            let [a, b, c, d, e, f, g, h, s] = std::array::from_fn(|_| check.clone());
            let out = live
                .run(pipeline! {
                    #![error(Wrong)]
                    source a = (0..50u64).map(move |n| a("a", n));
                    stage b = a.map(|n| b("b", n));
                    #[workers(2)]
                    stage c = b.map(|n| c("c", n));
                    #[in_flight(4)]
                    stage d = c.map(async |n| d("d", n));
                    #[blocking]
                    stage e = d.map(|n| e("e", n));
                    stage f = e.process(async |input, output| {
                        while let Some(n) = input.next().await { output.send(f("f", n)).await; }
                    });
                    #[workers(2), unordered]
                    stage g = f.flat_map(|n| vec![g("g", n)]);
                    #[workers(2), keyed(|n| { let n: &u64 = n; h("h", *n) })]
                    stage h = g.map(|n| n);
                    sink s = h.for_each(async |n| { s("s", n); });
                    s
                })
                .await;
            assert_eq!(panic_of(out), (format!("{bad} saw 3"), Some(bad)));
        }
    });
}

/// What was in hand has failed, and the account still adds up.
#[test]
fn the_item_in_hand_has_failed() {
    all(|live| async move {
        let outcome = live
            .wait(
                pipeline! {
                    #![error(Wrong)]
                    source a = 0..50u64;
                    stage b = a.map(|n| if n == 3 { panic!("three") } else { n });
                    sink s = b.count();
                }
                .spawn(),
            )
            .await;
        let b = outcome.report.stage("b").unwrap();
        assert_eq!((b.done, b.failed), (3, 1), "\n{}", outcome.report);
        assert_eq!(panic_of(outcome.result), ("three".to_owned(), Some("b")));
    });
}

/// In one line, with the message.
#[test]
fn display() {
    all(|live| async move {
        let failure = live
            .run(pipeline! {
                #![name = "load"]
                source a = 0..50u64;
                stage records = a.map(|n: u64| -> u64 { panic!("no {n}") });
                sink s = records.count();
            })
            .await
            .unwrap_err();
        let text = failure.to_string();
        assert!(
            text.starts_with("pipeline `load` panicked in stage `records`")
                || text.starts_with("pipeline `load` failed in stage `records`"),
            "{text}"
        );
        assert!(text.contains("no 0"), "{text}");
        assert_eq!(text.lines().count(), 1, "{text}");
    });
}

/// "A panic keeps its message, stage and the statement's line": where the failure is printed, the line can be had.
#[test]
fn the_statement_s_line_is_known() {
    all(|live| async move {
        let line = line!() + 3;
        let pipeline = pipeline! {
            source a = 0..50u64;
            stage records = a.map(|n: u64| -> u64 { panic!("no {n}") });
            sink s = records.count();
        };
        let graph = pipeline.graph().clone();
        let failure = live.run(pipeline).await.unwrap_err();
        let stage = graph.stages.iter().find(|stage| Some(stage.name) == failure.stage()).unwrap();
        assert_eq!(stage.line, line);
    });
}

/// A panic in a value's drop, in a filter, in a key, in `map_init`'s state, in a `let`-made function: all caught.
#[test]
fn panics_at_odd_places() {
    all(|live| async move {
        struct Bomb(u64);
        impl Drop for Bomb {
            fn drop(&mut self) {
                assert!(self.0 != 2 || std::thread::panicking(), "dropped");
            }
        }
        let out = live
            .run(pipeline! {
                #![error(Wrong)]
                source a = (0..5u64).map(Bomb);
                sink s = a.for_each(drop);
                s
            })
            .await;
        assert_eq!(panic_of(out), ("dropped".to_owned(), Some("s")));
        let out = live.run(pipeline! {
            #![error(Wrong)]
            source a = 0..5u64;
            stage b = a.map_init(|| -> u64 { panic!("init") }, |s, n| *s + n);
            sink s = b.count();
        });
        assert_eq!(panic_of(out.await), ("init".to_owned(), Some("b")));
        let out = live.run(pipeline! {
            #![error(Wrong)]
            source a = { if true { panic!("expression") } 0..5u64 };
            sink s = a.count();
        });
        assert_eq!(panic_of(out.await), ("expression".to_owned(), Some("a")));
        let out = live.run(pipeline! {
            #![error(Wrong)]
            source a = 0..5u64;
            sink s = a.count();
            { if s == 5 { panic!("tail") } }
        });
        assert_eq!(panic_of(out.await).0, "tail");
    });
}

/// Two workers panic, each in a body: the run ends once, both are told.
#[test]
fn all_workers_panic() {
    both(|live| async move {
        let barrier = std::sync::Arc::new(std::sync::Barrier::new(2));
        let failure = live
            .run(pipeline! {
                #![error(Wrong)]
                source a = 0..2u64;
                #[workers(2), blocking]
                stage b = a.map(|n: u64| -> u64 { barrier.wait(); panic!("worker {n}") });
                sink s = b.count();
            })
            .await
            .unwrap_err();
        assert!(matches!(failure.cause(), Cause::Panic(_)), "{failure}");
        let later: Vec<_> = failure.suppressed().iter().map(|later| later.stage).collect();
        assert_eq!(later, [Some("b")]);
    });
}
