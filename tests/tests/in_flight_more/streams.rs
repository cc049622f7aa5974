//! `flat_map` under `in_flight`: several inner streams at once.

use std::time::Duration;

use futures::{Stream, StreamExt, stream};
use pipeline_runtime::{Cause, pipeline};

use crate::support::*;

/// A stream of `items` from behind a barrier: all streams must be polled for any to go on.
fn together(
    barrier: std::sync::Arc<tokio::sync::Barrier>,
    items: std::ops::Range<u64>,
) -> impl Stream<Item = u64> + Send {
    stream::once(async move {
        barrier.wait().await;
        stream::iter(items)
    })
    .flatten()
}

#[test]
fn all_at_once_in_the_order_of_the_input() {
    all(|live| async move {
        let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(5));
        let out = live
            .run(pipeline! {
                source a = 0..20u64;
                #[in_flight(5)]
                stage b = a.flat_map(|n| together(barrier.clone(), n * 100..n * 100 + 40));
                sink s = b.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), (0..20).flat_map(|n| n * 100..n * 100 + 40).collect::<Vec<_>>());
    });
}

/// Streams that are known only at run time, as items.
#[test]
fn streams_as_items() {
    all(|live| async move {
        let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(3));
        let streams: Vec<_> = (0..3u64)
            .map(|n| {
                Box::pin(together(barrier.clone(), n * 10..n * 10 + n)) as futures::stream::BoxStream<'static, u64>
            })
            .collect();
        let out = live
            .run(pipeline! {
                source a = streams;
                #[in_flight(3), unordered]
                stage b = a.flat_map(|s| s);
                sink s = b.collect::<Vec<_>>();
            })
            .await;
        let mut out = out.unwrap();
        out.sort_unstable();
        assert_eq!(out, [10, 20, 21]);
    });
}

/// An `async` closure that gives a stream, and one that gives an iterator.
#[test]
fn async_closures() {
    all(|live| async move {
        let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(4));
        let out = live
            .run(pipeline! {
                source a = 0..12u64;
                #[in_flight(4)]
                stage b = a.flat_map(async |n| { tokio::task::yield_now().await; together(barrier.clone(), 0..n) });
                #[in_flight(4)]
                stage c = b.flat_map(async |n| vec![n; (n % 3) as usize]);
                sink s = c.collect::<Vec<_>>();
            })
            .await;
        let expected: Vec<u64> = (0..12u64).flat_map(|n| 0..n).flat_map(|n| vec![n; (n % 3) as usize]).collect();
        assert_eq!(out.unwrap(), expected);
    });
}

/// Unordered, a stream without end keeps no other from its turn.
#[test]
fn fair() {
    all(|live| async move {
        // one that starts earlier than the others may well be ahead of them
        let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(3));
        let out = live
            .run(pipeline! {
                source a = 0..3u64;
                #[in_flight(3), unordered]
                stage b = a.flat_map(|n| together(barrier.clone(), 0..u64::MAX).map(move |_| n));
                sink s = b.take(3000).collect::<Vec<_>>();
            })
            .await
            .unwrap();
        for n in 0..3 {
            let times = out.iter().filter(|m| **m == n).count();
            assert!(times > 800, "{n} came {times} times");
        }
    });
}

/// As they come: a stream that stands still holds up no other.
#[test]
fn unordered_as_they_come() {
    all(|live| async move {
        let (gate, (tx, mut rx)) = (Gate::default(), tokio::sync::mpsc::unbounded_channel());
        let gate_2 = gate.clone();
        let running = pipeline! {
            source a = 0..2u64;
            #[in_flight(2), unordered]
            stage b = a.flat_map(|n| {
                let gate = gate_2.clone();
                stream::iter(0..100).then(move |at| {
                    let gate = gate.clone();
                    async move { if n == 0 { gate.pass().await; } (n, at) }
                })
            });
            sink s = b.for_each(|x| tx.send(x).unwrap());
            s
        }
        .spawn();
        for at in 0..100 {
            assert_eq!(rx.recv().await, Some((1, at)));
        }
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), 200);
    });
}

/// How far a stream is polled ahead has a bound.
#[test]
fn bounded_look_ahead() {
    paused(|live| async move {
        for ordered in [true, false] {
            let (polled, gate) = ([Counter::default(), Counter::default()], Gate::default());
            let (polled_2, gate_2) = (polled.clone(), gate.clone());
            let streams = move |n: usize| {
                let polled = polled_2[n].clone();
                stream::iter(0..1000).map(move |_| {
                    polled.add();
                })
            };
            let running = if ordered {
                pipeline! {
                    source a = 0..2usize;
                    #[in_flight(2), buffer(1)]
                    stage b = a.flat_map(|n| streams(n));
                    sink s = b.for_each(async |()| gate_2.pass().await);
                    s
                }
                .spawn()
            } else {
                pipeline! {
                    source a = 0..2usize;
                    #[in_flight(2), buffer(1), unordered]
                    stage b = a.flat_map(|n| streams(n));
                    sink s = b.for_each(async |()| gate_2.pass().await);
                    s
                }
                .spawn()
            };
            quiet().await;
            for polled in &polled {
                assert!(polled.get() >= 16, "{}", polled.get());
                assert!(polled.get() <= 40, "{}", polled.get());
            }
            gate.open();
            assert_eq!(live.wait(running).await.result.unwrap(), 2000);
        }
    });
}

/// An item is counted once, however many parts it had, by the gravest that became of one.
#[test]
fn account() {
    all(|live| async move {
        for ordered in [true, false] {
            let running = if ordered {
                pipeline! {
                    #![error(Wrong)]
                    source a = 0..40u64;
                    #[in_flight(4), on_error(skip)]
                    stage b = a
                        .flat_map(|n| { wrong_at(n / 4 * 4, n + 2)?; stream::iter(0..n % 4) })
                        .filter(|at| *at != 0)
                        .map(|at| wrong_at(2, at)?);
                    sink s = b.count();
                }
                .spawn()
            } else {
                pipeline! {
                    #![error(Wrong)]
                    source a = 0..40u64;
                    #[in_flight(4), on_error(skip), unordered]
                    stage b = a
                        .flat_map(|n| { wrong_at(n / 4 * 4, n + 2)?; stream::iter(0..n % 4) })
                        .filter(|at| *at != 0)
                        .map(|at| wrong_at(2, at)?);
                    sink s = b.count();
                }
                .spawn()
            };
            let outcome = live.wait(running).await;
            // Of each four items: nothing comes of the first, which is done; the one part of the second is filtered;
            // the third has one that is passed on; the fourth one that fails.
            let b = outcome.report.stage("b").unwrap();
            assert_eq!(
                (b.received, b.done, b.filtered, b.skipped, b.emitted),
                (40, 20, 10, 10, 20),
                "{}",
                outcome.report
            );
            assert_eq!(outcome.result.unwrap(), 20);
        }
    });
}

/// A failure of the closure has its place in the order: what comes before is delivered.
#[test]
fn a_failure_in_its_place() {
    all(|live| async move {
        let seen = Log::default();
        let seen_2 = seen.clone();
        let result = live
            .run(pipeline! {
                #![error(Wrong)]
                #![buffer(1)]
                source a = 0..u64::MAX;
                #[in_flight(4)]
                stage b = a.flat_map(|n| { let n = wrong_at(9, n)?; stream::iter(vec![n; 20]) });
                sink s = b.for_each(|n| seen_2.push(n));
            })
            .await;
        let failure = result.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Error(Wrong::At(9))), "{failure}");
        assert_eq!(failure.stage(), Some("b"));
        assert!((0..9).flat_map(|n| vec![n; 20]).collect::<Vec<_>>().starts_with(&seen.all()));
    });
}

/// A stream that panics fails the run, and its item alone, also when it gave parts before.
#[test]
fn a_panic_in_a_stream() {
    all(|live| async move {
        for parts_before in [false, true] {
            let guards = live.clone();
            let running = pipeline! {
                source a = 0..4u64;
                #[in_flight(4)]
                stage b = a.flat_map(|n| {
                    let guard = guards.guard();
                    stream::iter(0..10u64).then(move |at| {
                        let _held = &guard;
                        async move {
                            if parts_before { tokio::task::yield_now().await; }
                            assert!(n != 2 || at < 5, "a bad part");
                            at
                        }
                    })
                });
                sink s = b.count();
            }
            .spawn();
            let outcome = live.wait(running).await;
            let failure = outcome.result.unwrap_err();
            assert!(matches!(failure.cause(), Cause::Panic(text) if text == "a bad part"), "{failure}");
            assert_eq!(outcome.report.stage("b").unwrap().failed, 1, "{}", outcome.report);
        }
    });
}

/// An item that is on its way out when the body of another panics has not failed.
#[test]
fn a_panic_beside_what_waits_for_room() {
    paused(|live| async move {
        for parts in [false, true] {
            let (gate, down) = (Gate::default(), Gate::default());
            let (gate_2, down_2) = (gate.clone(), down.clone());
            let body = async move |n: u64| {
                if n == 3 {
                    gate_2.pass().await;
                    panic!("a bad body");
                }
                n
            };
            let running = if parts {
                pipeline! {
                    #![buffer(0)]
                    source a = 0..4u64;
                    #[in_flight(4)]
                    stage b = a.flat_map(async |n| [body(n).await]);
                    sink s = b.for_each(async |_| down_2.pass().await);
                }
                .spawn()
            } else {
                pipeline! {
                    #![buffer(0)]
                    source a = 0..4u64;
                    #[in_flight(4)]
                    stage b = a.map(async |n| body(n).await);
                    sink s = b.for_each(async |_| down_2.pass().await);
                }
                .spawn()
            };
            // One item is in the sink, the next one waits for room.
            quiet().await;
            gate.open();
            let outcome = live.wait(running).await;
            assert!(matches!(outcome.result.unwrap_err().cause(), Cause::Panic(_)));
            assert_eq!(outcome.report.stage("b").unwrap().failed, 1, "{}", outcome.report);
        }
    });
}

/// Cancelled, dropped and ended early: quiet and endless streams are dropped with all they hold.
#[test]
fn stopped_in_the_middle() {
    all(|live| async move {
        for ordered in [true, false] {
            let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
            let guards = live.clone();
            let streams = move |_: u64| then_quiet(0..5u64, guards.guard());
            let running = if ordered {
                pipeline! {
                    source a = 0..100u64;
                    #[in_flight(3)]
                    stage b = a.flat_map(|n| streams(n));
                    sink s = b.for_each(|n| tx.send(n).unwrap());
                }
                .spawn()
            } else {
                pipeline! {
                    source a = 0..100u64;
                    #[in_flight(3), unordered]
                    stage b = a.flat_map(|n| streams(n));
                    sink s = b.for_each(|n| tx.send(n).unwrap());
                }
                .spawn()
            };
            for _ in 0..if ordered { 5 } else { 15 } {
                rx.recv().await.unwrap();
            }
            running.cancel();
            is_cancelled(live.wait(running).await.result);
        }
        let guards = live.clone();
        let out = live
            .run(pipeline! {
                source a = 0u64..;
                #[in_flight(3)]
                stage b = a.flat_map(|n| { let guard = guards.guard(); stream::repeat(n).map(move |n| { let _held = &guard; n }) });
                sink s = b.take(50).count();
            })
            .await;
        assert_eq!(out.unwrap(), 50);
    });
}

/// A batch behind the streams, by size and by age.
#[test]
fn a_batch_behind_the_streams() {
    paused(|live| async move {
        let guards = live.clone();
        let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
        let since = tokio::time::Instant::now();
        let running = pipeline! {
            source a = 0..2u64;
            #[in_flight(2), unordered]
            sink s = a
                .flat_map(|n| then_quiet([n, n, n], guards.guard()))
                .batch(4, 2s)
                .for_each(|batch: Vec<u64>| tx.send(batch.len()).unwrap());
        }
        .spawn();
        assert_eq!(rx.recv().await, Some(4));
        assert!(since.elapsed() < Duration::from_secs(1));
        assert_eq!(rx.recv().await, Some(2));
        assert!(since.elapsed() >= Duration::from_secs(2));
        running.cancel();
        is_cancelled(live.wait(running).await.result);
    });
}
