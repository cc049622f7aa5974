//! `async` generators: their ends, their stops, their items.

use std::time::Duration;

use pipeline_runtime::{Cause, pipeline};

use super::support::*;

/// All items in order, whatever the edge holds.
#[test]
fn sends_all_in_order() {
    all(|live| async move {
        for buffer in [0usize, 1, 64] {
            let guard = live.guard();
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    source a = async |out| {
                        let _guard = guard;
                        for n in 0..500u64 {
                            if n % 7 == 0 { tokio::task::yield_now().await; }
                            out.send(n).await;
                        }
                    };
                    sink s = a.collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), (0..500).collect::<Vec<_>>());
        }
    });
}

/// What was sent is there as soon as the generator waits for anything of its own.
#[test]
fn keeps_nothing_back() {
    all(|live| async move {
        let (seen, gate, guard) = (Counter::default(), Gate::default(), live.guard());
        let (seen_2, gate_2) = (seen.clone(), gate.clone());
        let running = pipeline! {
            source a = async |out| {
                let _guard = guard;
                for n in 0..3u64 { out.send(n).await; }
                gate_2.pass().await;
                for n in 3..5u64 { out.send(n).await; }
            };
            sink s = a.inspect(|_| { seen_2.add(); }).count();
        }
        .spawn();
        while seen.get() < 3 {
            tokio::task::yield_now().await;
        }
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), 5);
    });
}

/// The consumer ends while the generator sends on and on.
#[test]
fn an_early_end_while_it_sends() {
    both(|live| async move {
        for buffer in [0usize, 1, 64] {
            let guard = live.guard();
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    source a = async |out| { let _guard = guard; for n in 0u64.. { out.send(n).await; } };
                    sink s = a.take(5).collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), [0, 1, 2, 3, 4]);
        }
    });
}

/// The consumer ends while the generator waits for something that never comes.
#[test]
fn an_early_end_while_it_is_quiet() {
    all(|live| async move {
        for buffer in [0usize, 1, 64] {
            let guard = live.guard();
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    source a = async |out| {
                        let _guard = guard;
                        for n in 0..5u64 { out.send(n).await; }
                        std::future::pending::<()>().await;
                    };
                    sink s = a.take(5).collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), [0, 1, 2, 3, 4]);
        }
    });
}

/// A cancel ends it wherever it is.
#[test]
fn cancelled_anywhere() {
    both(|live| async move {
        for stop in ["cancel", "drop"] {
            for at in ["full", "quiet", "endless"] {
                live.step(at);
                let (up, gate, guard) = (Counter::default(), Gate::default(), live.guard());
                let (up_2, gate_2) = (up.clone(), gate.clone());
                let running = pipeline! {
                    #[buffer(2)]
                    source a = async |out| {
                        let _guard = guard;
                        for n in 0u64.. {
                            up_2.add();
                            out.send(n).await;
                            if at == "quiet" && n == 2 { std::future::pending::<()>().await; }
                        }
                    };
                    sink s = a.for_each(async |_| if at == "full" { gate_2.pass().await });
                    s
                }
                .spawn();
                while up.get() < 3 {
                    tokio::task::yield_now().await;
                }
                match stop {
                    "cancel" => {
                        running.cancel();
                        is_cancelled(live.wait(running).await.result);
                    }
                    _ => drop(running),
                }
                live.settled().await;
            }
        }
    });
}

/// A generator that has not sent anything, and is stopped.
#[test]
fn stopped_before_its_first_item() {
    all(|live| async move {
        for stop in ["cancel", "shutdown"] {
            let guard = live.guard();
            let running = pipeline! {
                source a = async |out| {
                    let _guard = guard;
                    std::future::pending::<()>().await;
                    out.send(1u64).await;
                };
                sink s = a.count();
            }
            .spawn();
            tokio::task::yield_now().await;
            match stop {
                "cancel" => {
                    running.cancel();
                    is_cancelled(live.wait(running).await.result);
                }
                _ => {
                    running.shutdown();
                    assert_eq!(live.wait(running).await.result.unwrap(), 0);
                }
            }
        }
    });
}

/// Busy, quiet or at a full edge: a shutdown drops the generator, and all that it has sent is delivered.
#[test]
fn shutdown_delivers_what_was_sent() {
    both(|live| async move {
        for buffer in [0usize, 1, 64] {
            for at in ["full", "quiet", "endless"] {
                live.step(at);
                let (up, begun, guard) = (Counter::default(), Counter::default(), live.guard());
                let (up_2, begun_2, gate) = (up.clone(), begun.clone(), Gate::default());
                let gate_2 = gate.clone();
                let running = pipeline! {
                    #![buffer(buffer)]
                    source a = async |out| {
                        let _guard = guard;
                        for n in 0u64.. {
                            begun_2.add();
                            out.send(n).await;
                            up_2.add();
                            if at == "quiet" && n == 2 { std::future::pending::<()>().await; }
                        }
                    };
                    stage b = a.map(async |n| { if at == "full" { gate_2.pass().await } n });
                    sink s = b.collect::<Vec<_>>();
                }
                .spawn();
                match at {
                    // The edge is full, and one more `send` waits.
                    "full" => {
                        gate.let_through(0);
                        while begun.get() <= buffer || begun.get() == up.get() {
                            tokio::task::yield_now().await;
                        }
                        for _ in 0..100 {
                            tokio::task::yield_now().await;
                        }
                    }
                    _ => {
                        while up.get() < 3 {
                            tokio::task::yield_now().await;
                        }
                    }
                }
                running.shutdown();
                gate.open();
                let outcome = live.wait(running).await;
                let got = outcome.result.unwrap();
                // Nothing of what it began to send is lost, not even what waited for room.
                assert_eq!(got, (0..begun.get() as u64).collect::<Vec<_>>(), "{at}, buffer {buffer}");
                let a = outcome.report.stage("a").unwrap();
                assert_eq!((a.received, a.discarded), (got.len() as u64, 0));
                assert_eq!(outcome.report.edges[0].abandoned, 0);
            }
        }
    });
}

/// A `send` in a `select!` that has to wait when the shutdown comes is not waited for once it has been given up.
#[test]
fn shutdown_while_an_offer_comes_and_goes() {
    both(|live| async move {
        let (ticks, guard, gate) = (Counter::default(), live.guard(), Gate::default());
        let (ticks_2, gate_2) = (ticks.clone(), gate.clone());
        let running = pipeline! {
            #![drain(3s)]
            #[buffer(1)]
            source a = async |out| {
                let _guard = guard;
                for n in 0u64.. {
                    tokio::select! {
                        biased;
                        () = out.send(n) => {}
                        () = tokio::task::yield_now() => { ticks_2.add(); }
                    }
                }
            };
            sink s = a.for_each(async |_| gate_2.pass().await);
            s
        }
        .spawn();
        while ticks.get() < 3 {
            tokio::task::yield_now().await;
        }
        running.shutdown();
        gate.open();
        let outcome = live.wait(running).await;
        assert!(outcome.result.unwrap() >= 1);
        let (a, edge) = (outcome.report.stage("a").unwrap(), &outcome.report.edges[0]);
        assert!(a.discarded >= 3, "{}", outcome.report);
        assert_eq!((edge.sent, edge.abandoned), (a.received, a.discarded), "{}", outcome.report);
    });
}

/// A shutdown that the consumer does not follow is over with the drain time.
#[test]
fn the_drain_time_ends_a_send() {
    paused(|live| async move {
        let (guard, guard_2) = (live.guard(), live.guard());
        let running = pipeline! {
            #![drain(5s)]
            #[buffer(1)]
            source a = async |out| { let _guard = guard; for n in 0u64.. { out.send(n).await; } };
            sink s = a.for_each(async |_| { let _ = &guard_2; std::future::pending::<()>().await });
            s
        }
        .spawn();
        quiet().await;
        running.shutdown();
        assert!(exceeded(live.wait(running).await.result).contains(&"a"));
    });
}

#[test]
fn ended_by_the_deadline() {
    both(|live| async move {
        for at in ["quiet", "full", "endless"] {
            let (guard, guard_2) = (live.guard(), live.guard());
            let pipeline = pipeline! {
                #[buffer(1)]
                source a = async |out| {
                    let _guard = guard;
                    for n in 0u64.. {
                        out.send(n).await;
                        if at == "quiet" { std::future::pending::<()>().await; }
                    }
                };
                sink s = a.for_each(async |_| {
                    let _ = &guard_2;
                    if at == "full" { std::future::pending::<()>().await; }
                });
                s
            };
            let failure = live.run(pipeline.deadline(Duration::from_millis(20))).await.unwrap_err();
            assert!(matches!(failure.cause(), Cause::Deadline(_)), "{failure}");
        }
    });
}

#[test]
fn a_question_mark_fails_the_run() {
    all(|live| async move {
        let guard = live.guard();
        let failure = live
            .run(pipeline! {
                #![error(Wrong)]
                source numbers = async |out| {
                    let _guard = guard;
                    for text in ["1", "2", "x", "4"] { out.send(text.parse::<u64>()?).await; }
                };
                sink s = numbers.count();
            })
            .await
            .unwrap_err();
        assert_eq!(failure.stage(), Some("numbers"));
        assert!(matches!(failure.cause(), Cause::Error(Wrong::Number(_))), "{failure}");
        assert_eq!(failure.report().stage("numbers").unwrap().done, 2);
    });
}

#[test]
fn a_panic_fails_the_run() {
    all(|live| async move {
        let guard = live.guard();
        let failure = live
            .run(pipeline! {
                source numbers = async |out| {
                    let _guard = guard;
                    out.send(1u64).await;
                    tokio::task::yield_now().await;
                    panic!("no more numbers");
                };
                sink s = numbers.count();
            })
            .await
            .unwrap_err();
        assert_eq!(failure.stage(), Some("numbers"));
        assert!(matches!(failure.cause(), Cause::Panic(text) if text == "no more numbers"), "{failure}");
    });
}

/// An error of the generator never looks like the end of its items.
#[test]
fn a_failure_is_no_end() {
    on(On::Two, |live| async move {
        for _ in 0..50 {
            let ended = Counter::default();
            let ended_2 = ended.clone();
            let result = live
                .run(pipeline! {
                    #![error(Wrong)]
                    source a = async |out| { out.send(1u64).await; tokio::task::yield_now().await; wrong_at(2, 2)?; };
                    stage b = a.process(async |input, output| {
                        while let Some(n) = input.next().await { output.send(n).await; }
                        ended_2.add();
                    });
                    sink s = b.count();
                })
                .await;
            assert!(result.is_err());
            assert_eq!(ended.get(), 0);
        }
    });
}

/// A `send` that a `select!` gives up has not sent its item, and what was given up is counted.
#[test]
fn a_send_that_is_given_up() {
    all(|live| async move {
        let gate = Gate::default();
        let (open, pass, guard) = (gate.clone(), gate.clone(), live.guard());
        let running = pipeline! {
            #[buffer(1)]
            source a = async |out| {
                let _guard = guard;
                // The first is in the sink, the second in the edge.
                out.send(0u64).await;
                out.send(1).await;
                for _ in 0..5 { tokio::task::yield_now().await; }
                for n in 2..5 {
                    let mut given_up = false;
                    for _ in 0..2 {
                        tokio::select! {
                            biased;
                            () = out.send(n) => {}
                            () = tokio::task::yield_now() => given_up = true,
                        }
                    }
                    assert!(given_up);
                }
                open.open();
                out.send(5).await;
            };
            sink s = a.map(async |n| { pass.pass().await; n }).collect::<Vec<_>>();
        }
        .spawn();
        let outcome = live.wait(running).await;
        let got = outcome.result.unwrap();
        let (a, edge) = (outcome.report.stage("a").unwrap(), &outcome.report.edges[0]);
        assert_eq!(a.received, 9);
        assert_eq!((a.done, a.emitted), (got.len() as u64, got.len() as u64));
        assert_eq!((edge.sent, edge.received, edge.abandoned), (9, a.done, a.discarded));
        assert!(got.starts_with(&[0, 1]) && got.ends_with(&[5]), "{got:?}");
    });
}

/// The account of a run that was cancelled while a `send` waited.
#[test]
fn a_send_that_is_cancelled_is_counted() {
    paused(|live| async move {
        let (guard, guard_2) = (live.guard(), live.guard());
        let running = pipeline! {
            #[buffer(1)]
            source a = async |out| { let _guard = guard; for n in 0u64.. { out.send(n).await; } };
            sink s = a.for_each(async |_| { let _ = &guard_2; std::future::pending::<()>().await });
            s
        }
        .spawn();
        quiet().await;
        running.cancel();
        let outcome = live.wait(running).await;
        let (a, edge) = (outcome.report.stage("a").unwrap().clone(), outcome.report.edges[0].clone());
        assert!(outcome.result.is_err());
        assert_eq!((a.received, a.done, a.discarded), (edge.sent, edge.sent - 1, 1), "{}", outcome.report);
    });
}

/// `select!` between what is sent and what comes.
#[test]
fn a_select_inside() {
    all(|live| async move {
        let (tx, mut rx) = tokio::sync::mpsc::channel(1);
        let guard = live.guard();
        let feeder = tokio::spawn(async move {
            for n in 0..100u64 {
                tx.send(n).await.unwrap();
            }
        });
        let out = live
            .run(pipeline! {
                #[buffer(1)]
                source a = async |out| {
                    let _guard = guard;
                    let mut queue = std::collections::VecDeque::new();
                    let mut open = true;
                    while open || !queue.is_empty() {
                        let head = queue.front().copied();
                        tokio::select! {
                            next = rx.recv(), if open => match next {
                                Some(n) => queue.push_back(n),
                                None => open = false,
                            },
                            () = async { if let Some(n) = head { out.send(n).await } }, if head.is_some() => {
                                queue.pop_front();
                            }
                        }
                    }
                };
                sink s = a.map(async |n| { if n % 3 == 0 { tokio::task::yield_now().await } n }).collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), (0..100).collect::<Vec<_>>());
        feeder.await.unwrap();
    });
}

/// An endless generator that waits for nothing lets others run, on one thread as well.
#[test]
fn an_endless_loop_gives_way() {
    on(On::One, |live| async move {
        let (up, guard) = (Counter::default(), live.guard());
        let up_2 = up.clone();
        let running = pipeline! {
            // So large that it is never full, and no `send` ever waits for room.
            #[buffer(1_000_000_000)]
            source a = async |out| { let _guard = guard; loop { up_2.add(); out.send(1u64).await; } };
            sink s = a.fold(0, |sum, n| sum + n);
        }
        .spawn();
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        assert!(up.get() > 0);
        running.shutdown();
        assert_eq!(live.wait(running).await.result.unwrap(), up.get() as u64);
    });
}

/// The output may be taken elsewhere; it ends with the body.
#[test]
fn the_output_in_another_task() {
    all(|live| async move {
        let guard = live.guard();
        let out = live
            .run(pipeline! {
                #[buffer(2)]
                source a = async |out| {
                    let task = tokio::spawn(async move {
                        let _guard = guard;
                        for n in 0..20u64 {
                            out.send(n).await;
                            tokio::task::yield_now().await;
                        }
                    });
                    let _ = task.await;
                };
                sink s = a.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), (0..20).collect::<Vec<_>>());

        let (kept, keep) = (Log::default(), Gate::default());
        let (kept_2, keep_2) = (kept.clone(), keep.clone());
        let out = live
            .run(pipeline! {
                source a = async |out| {
                    out.send(1u64).await;
                    tokio::spawn(async move {
                        keep_2.pass().await;
                        kept_2.push(());
                        drop(out);
                    });
                };
                sink s = a.count();
            })
            .await;
        assert_eq!(out.unwrap(), 1);
        keep.open();
        while kept.len() == 0 {
            tokio::task::yield_now().await;
        }
    });
}
