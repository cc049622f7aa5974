//! A consumer that stops early ends its producers, up to the source, quietly.

use futures::StreamExt;
use pipeline_runtime::pipeline;

use super::support::*;

/// A source that is pending for ever after its items need not come to its next send.
#[test]
fn take_ends_a_quiet_source() {
    all(|live| async move {
        let guard = live.guard();
        let out = live
            .run(pipeline! {
                source a = then_quiet(0..3u64, guard);
                stage b = a.map(|n| n * 2);
                sink s = b.take(3).collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [0, 2, 4]);
    });
}

#[test]
fn take_nothing_ends_a_source_that_never_gives() {
    all(|live| async move {
        let guard = live.guard();
        let out = live
            .run(pipeline! {
                source a = quiet_stream::<u64>(guard);
                stage b = a.map(|n| n);
                sink s = b.take(0).count();
            })
            .await;
        assert_eq!(out.unwrap(), 0);
    });
}

/// While the source is still in its expression's await.
#[test]
fn a_source_in_its_expression_is_ended() {
    all(|live| async move {
        let guard = live.guard();
        let out = live
            .run(pipeline! {
                source a = { let _guard = guard; std::future::pending::<()>().await; 0..3u64 };
                source b = 0..3u64;
                stage c = merge(a, b);
                sink s = c.take(3).collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [0, 1, 2]);
    });
}

#[test]
fn first_ends_a_quiet_source() {
    all(|live| async move {
        let guard = live.guard();
        let out = live
            .run(pipeline! {
                source a = then_quiet(0..3u64, guard);
                stage b = a.map(|n| n + 7);
                sink s = b.first();
            })
            .await;
        assert_eq!(out.unwrap(), Some(7));
    });
}

#[test]
fn take_while_ends_a_quiet_source() {
    all(|live| async move {
        let guard = live.guard();
        let outcome = live
            .wait(
                pipeline! {
                    source a = then_quiet(0..5u64, guard);
                    stage b = a.take_while(|n| *n < 4);
                    sink s = b.count();
                }
                .spawn(),
            )
            .await;
        assert_eq!(outcome.result.unwrap(), 4);
        // The item that ended it was looked at and let go.
        let stage = outcome.report.stage("b").unwrap();
        assert_eq!((stage.received, stage.done, stage.filtered), (5, 4, 1));
    });
}

/// An infinite source is ended while it waits for room.
#[test]
fn an_infinite_source_is_ended() {
    all(|live| async move {
        for buffer in [0usize, 1, 2, 1024] {
            let guard = live.guard();
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    source a = (0u64..).inspect(move |_| { let _ = &guard; });
                    stage b = a.map(|n| n);
                    stage c = b.filter(|n| n % 3 == 0);
                    sink s = c.take(5).collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), [0, 3, 6, 9, 12]);
        }
    });
}

/// A body that waits for ever in a stage whose output is closed is dropped at its await.
#[test]
fn a_body_that_waits_is_dropped() {
    all(|live| async move {
        let guards = live.clone();
        let out = live
            .run(pipeline! {
                source a = 0..5u64;
                stage b = a.map(async |n| {
                    let _guard = guards.guard();
                    if n == 2 { std::future::pending::<()>().await; }
                    n
                });
                sink s = b.take(2).collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [0, 1]);
    });
}

/// So are those of workers, and those in flight.
#[test]
fn bodies_of_workers_and_in_flight_are_dropped() {
    all(|live| async move {
        let (guards, guards_2, guards_3) = (live.clone(), live.clone(), live.clone());
        let out = live
            .run(pipeline! {
                source a = 0..100u64;
                #[workers(3)]
                stage b = a.map(async |n| {
                    let _guard = guards.guard();
                    if n > 7 { std::future::pending::<()>().await; }
                    n
                });
                #[in_flight(4)]
                stage c = b.map(async |n| {
                    let _guard = guards_2.guard();
                    if n > 5 { std::future::pending::<()>().await; }
                    n
                });
                #[in_flight(4), workers(2), unordered]
                stage d = c.map(async |n| {
                    let _guard = guards_3.guard();
                    if n > 3 { std::future::pending::<()>().await; }
                    n
                });
                sink s = d.take(3).count();
            })
            .await;
        assert_eq!(out.unwrap(), 3);
    });
}

/// `take` in an own stage, in the middle of a chain.
#[test]
fn take_in_the_middle() {
    all(|live| async move {
        let guard = live.guard();
        let outcome = live
            .wait(
                pipeline! {
                    source a = then_quiet(0..10u64, guard);
                    stage b = a.map(|n| n + 1).take(4).map(|n| n * 10);
                    sink s = b.collect::<Vec<_>>();
                }
                .spawn(),
            )
            .await;
        assert_eq!(outcome.result.unwrap(), [10, 20, 30, 40]);
        let stage = outcome.report.stage("b").unwrap();
        assert_eq!((stage.received, stage.emitted, stage.done), (4, 4, 4));
    });
}

/// A closed receiver of a `forward` is an early end.
#[test]
fn forward_to_a_closed_receiver() {
    all(|live| async move {
        let (tx, rx) = tokio::sync::mpsc::channel::<u64>(1);
        drop(rx);
        let guard = live.guard();
        let out = live
            .run(pipeline! {
                source a = then_quiet(0..3u64, guard);
                sink s = a.forward(tx);
                s
            })
            .await;
        assert!(out.is_ok(), "{out:?}");
    });
}

/// The receiver goes while `forward` waits for room in it.
#[test]
fn forward_to_a_receiver_that_closes_while_full() {
    all(|live| async move {
        let (tx, mut rx) = tokio::sync::mpsc::channel::<u64>(1);
        let guard = live.guard();
        let running = pipeline! {
            source a = then_quiet(0..30u64, guard);
            sink s = a.forward(tx);
            s
        }
        .spawn();
        assert_eq!(rx.recv().await, Some(0));
        drop(rx);
        let out = live.wait(running).await.result;
        assert!(out.is_ok(), "{out:?}");
    });
}

/// The receiver goes while nothing is there to be forwarded: the wait for more has nobody to serve any more.
#[test]
fn forward_to_a_receiver_that_closes_while_all_is_quiet() {
    all(|live| async move {
        let (tx, mut rx) = tokio::sync::mpsc::channel::<u64>(1);
        let guard = live.guard();
        let running = pipeline! {
            source a = then_quiet(0..1u64, guard);
            sink s = a.forward(tx);
            s
        }
        .spawn();
        assert_eq!(rx.recv().await, Some(0));
        drop(rx);
        let out = live.wait(running).await.result;
        assert_eq!(out.unwrap(), 1);
    });
}

/// A `tee` branch that ends early leaves the other running, whatever the order of the branches.
#[test]
fn a_branch_of_a_tee_that_ends_leaves_the_other() {
    all(|live| async move {
        for buffer in [0usize, 1, 64] {
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    source a = 0..500u64;
                    stage (b, c, d) = a.tee();
                    sink first = b.first();
                    sink all = c.count();
                    sink some = d.take(3).count();
                })
                .await;
            assert_eq!(out.unwrap(), (Some(0), 500, 3));
        }
    });
}

/// With workers too.
#[test]
fn a_branch_of_a_tee_of_workers_that_ends_leaves_the_other() {
    all(|live| async move {
        for buffer in [0usize, 1, 64] {
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    source a = 0..500u64;
                    #[workers(3)]
                    stage (b, c) = a.tee();
                    #[workers(3), unordered]
                    stage (d, e) = b.tee();
                    sink first = c.first();
                    sink all = d.count();
                    sink some = e.take(3).count();
                })
                .await;
            assert_eq!(out.unwrap(), (Some(0), 500, 3));
        }
    });
}

/// When the last branch has gone, the source goes.
#[test]
fn all_branches_of_a_tee_end() {
    all(|live| async move {
        let guard = live.guard();
        let out = live
            .run(pipeline! {
                source a = then_quiet(0..50u64, guard);
                stage (b, c) = a.tee();
                sink first = b.first();
                sink some = c.take(20).count();
            })
            .await;
        assert_eq!(out.unwrap(), (Some(0), 20));
    });
}

/// A branch of a `route` that has gone: its items go nowhere, the others go on.
#[test]
fn a_branch_of_a_route_that_ends_leaves_the_other() {
    all(|live| async move {
        for buffer in [0usize, 1, 64] {
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    source a = 0..500u64;
                    stage (b, c) = a.route(|n| if n % 2 == 0 { b(n) } else { c(n) });
                    sink first = b.first();
                    sink all = c.count();
                })
                .await;
            assert_eq!(out.unwrap(), (Some(0), 250));
        }
    });
}

/// A `zip` ends with its shorter side and ends the other one, though it is quiet.
#[test]
fn zip_ends_with_its_shorter_side() {
    all(|live| async move {
        let left = live.guard();
        let out = live
            .run(pipeline! {
                source a = 0..3u64;
                source b = then_quiet(10..100u64, left);
                stage c = zip(a, b);
                sink s = c.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [(0, 10), (1, 11), (2, 12)]);
        let right = live.guard();
        let out = live.run(pipeline! {
            source a = then_quiet(10..100u64, right);
            source b = 0..2u64;
            stage c = zip(a, b);
            sink s = c.collect::<Vec<_>>();
        });
        assert_eq!(out.await.unwrap(), [(10, 0), (11, 1)]);
    });
}

/// The zip ends when a side ends while the other one has given nothing at all.
#[test]
fn zip_with_an_empty_side() {
    all(|live| async move {
        let guard = live.guard();
        let out = live
            .run(pipeline! {
                source a = Vec::<u64>::new();
                source b = quiet_stream::<u64>(guard);
                stage c = zip(b, a);
                sink s = c.count();
            })
            .await;
        assert_eq!(out.unwrap(), 0);
    });
}

/// An `else` stream whose consumer has had enough leaves the main stream running.
#[test]
fn an_else_stream_that_ends_leaves_the_main_one() {
    all(|live| async move {
        for buffer in [0usize, 1, 64] {
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    #![error(Wrong)]
                    source a = 0..300u64;
                    stage b = a.map(|n| wrong_at(n / 3 * 3, n)?) else bad;
                    sink good = b.count();
                    sink some = bad.take(2).count();
                })
                .await;
            assert_eq!(out.unwrap(), (200, 2));
        }
    });
}

/// A main stream that ends leaves the `else` stream running.
#[test]
fn a_main_stream_that_ends_leaves_the_else_stream() {
    all(|live| async move {
        for buffer in [0usize, 1, 64] {
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    #![error(Wrong)]
                    source a = 0..300u64;
                    stage b = a.map(|n| wrong_at(n / 3 * 3, n)?) else bad;
                    sink good = b.take(5).count();
                    sink all = bad.count();
                })
                .await;
            assert_eq!(out.unwrap(), (5, 100));
        }
    });
}

/// Through `merge`: the end of the consumer ends all that feed it.
#[test]
fn all_inputs_of_a_merge_are_ended() {
    all(|live| async move {
        let (one, two) = (live.guard(), live.guard());
        let out = live
            .run(pipeline! {
                source a = then_quiet(0..3u64, one);
                source b = quiet_stream::<u64>(two);
                stage c = a.map(|n| n);
                stage d = b.map(|n| n);
                sink s = merge(c, d).take(2).count();
            })
            .await;
        assert_eq!(out.unwrap(), 2);
    });
}

/// A `process` body that returns closes its input and its output.
#[test]
fn process_that_returns_ends_its_source() {
    all(|live| async move {
        let guard = live.guard();
        let out = live
            .run(pipeline! {
                source a = then_quiet(0..10u64, guard);
                stage b = a.process(async |input, output| {
                    for _ in 0..2 {
                        if let Some(n) = input.next().await { output.send(n + 1).await; }
                    }
                });
                sink s = b.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [1, 2]);
    });
}

/// A `process` body whose output is closed is dropped at its next await.
#[test]
fn process_without_a_receiver_is_dropped() {
    all(|live| async move {
        let guards = live.clone();
        let out = live
            .run(pipeline! {
                #![buffer(1)]
                source a = futures::stream::pending::<u64>();
                stage b = a.process(async |input, output| {
                    let _guard = guards.guard();
                    for n in 0..5u64 { output.send(n).await; }
                    input.next().await;
                });
                sink s = b.take(5).collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [0, 1, 2, 3, 4]);
    });
}

/// A receiver that is a source is dropped by an early end: its sender hears of it.
#[test]
fn an_early_end_closes_a_receiver_that_is_the_source() {
    all(|live| async move {
        let (tx, rx) = tokio::sync::mpsc::channel::<u64>(1);
        let running = pipeline! {
            source a = rx;
            sink s = a.first();
        }
        .spawn();
        tx.send(4).await.unwrap();
        live.step("the sender hears of the end");
        tx.closed().await;
        assert_eq!(live.wait(running).await.result.unwrap(), Some(4));
    });
}

/// The end is quiet: no error, no suppressed failure, and the account knows what was left.
#[test]
fn what_is_left_is_accounted_for() {
    all(|live| async move {
        let outcome = live
            .wait(
                pipeline! {
                    #![buffer(8)]
                    source a = futures::stream::iter(0..100u64).chain(futures::stream::pending());
                    stage b = a.map(|n| n);
                    sink s = b.take(3).count();
                }
                .spawn(),
            )
            .await;
        assert_eq!(outcome.result.unwrap(), 3);
        let (a, b) = (outcome.report.edge("a").unwrap(), outcome.report.edge("b").unwrap());
        assert_eq!(b.received, 3);
        assert_eq!(b.sent, b.received + b.abandoned);
        assert_eq!(a.sent, a.received + a.abandoned);
    });
}
