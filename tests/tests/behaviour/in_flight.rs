//! Bodies in flight: how many, and that they go on while downstream stands still.

use pipeline_runtime::{Cause, pipeline};

use super::support::*;

/// The number is the stage's total, whatever the workers.
#[test]
fn so_many_and_no_more() {
    all(|live| async move {
        for (workers, limit) in [(1usize, 1usize), (1, 5), (2, 6), (3, 3)] {
            let (now, most) = (Counter::default(), Counter::default());
            let (now_2, most_2, down) = (now.clone(), most.clone(), live.clone());
            let out = live
                .run(pipeline! {
                    source a = 0..200u64;
                    #[in_flight(limit), workers(workers)]
                    stage b = a.map(async |n| {
                        let _guard = down.guard();
                        now_2.add();
                        most_2.at_least(down.count());
                        for _ in 0..3 { tokio::task::yield_now().await; }
                        n
                    });
                    sink s = b.count();
                })
                .await;
            assert_eq!((out.unwrap(), now.get()), (200, 200));
            assert!(most.get() <= limit, "{} of {limit}", most.get());
            assert!(most.get() == limit || workers > 1, "{} of {limit}", most.get());
        }
    });
}

/// All of them really run at once: each waits for all the others.
#[test]
fn all_at_once() {
    all(|live| async move {
        let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(8));
        let out = live
            .run(pipeline! {
                source a = 0..80u64;
                #[in_flight(8)]
                stage b = a.map(async |n| { barrier.wait().await; n });
                sink s = b.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), (0..80).collect::<Vec<_>>());
    });
}

/// So do workers.
#[test]
fn all_workers_at_once() {
    both(|live| async move {
        let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(4));
        let thread_barrier = std::sync::Arc::new(std::sync::Barrier::new(4));
        let out = live
            .run(pipeline! {
                source a = 0..40u64;
                #[workers(4)]
                stage b = a.map(async |n| { if n < 4 { barrier.wait().await; } n });
                #[workers(4), blocking]
                stage c = b.map(|n| { if n < 4 { thread_barrier.wait(); } n });
                sink s = c.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), (0..40).collect::<Vec<_>>());
    });
}

/// While the sink stands still and the edge is full, bodies in flight come to their ends.
#[test]
fn bodies_go_on_while_downstream_is_full() {
    all(|live| async move {
        for buffer in [0usize, 1, 3] {
            for ordered in [true, false] {
                let (sink_gate, gate, up) = (Gate::default(), Gate::default(), Counter::default());
                let (sink_gate_2, gate_2, up_2) = (sink_gate.clone(), gate.clone(), up.clone());
                let (done, mut finished) = tokio::sync::mpsc::unbounded_channel();
                let body = async move |n: u64| {
                    gate_2.pass().await;
                    done.send(n).unwrap();
                    n
                };
                let sink = async move |_: u64| {
                    up_2.add();
                    sink_gate_2.pass().await;
                };
                let running = if ordered {
                    pipeline! {
                        source a = 0..40u64;
                        #[in_flight(4), buffer(buffer)]
                        stage b = a.map(async |n| body(n).await);
                        sink s = b.for_each(async |n| sink(n).await);
                        s
                    }
                    .spawn()
                } else {
                    pipeline! {
                        source a = 0..40u64;
                        #[in_flight(4), buffer(buffer), unordered]
                        stage b = a.map(async |n| body(n).await);
                        sink s = b.for_each(async |n| sink(n).await);
                        s
                    }
                    .spawn()
                };
                live.step("the sink takes its first item and stands still");
                gate.let_through(1);
                finished.recv().await.unwrap();
                while up.get() == 0 {
                    tokio::task::yield_now().await;
                }
                live.step("the edge fills, and the slots");
                for _ in 0..buffer + 4 {
                    gate.let_through(1);
                    finished.recv().await.unwrap();
                }
                assert_eq!(up.get(), 1);
                live.step("to the end");
                gate.open();
                sink_gate.open();
                assert_eq!(live.wait(running).await.result.unwrap(), 40);
            }
        }
    });
}

/// While the first half waits for input, and while it has ended.
#[test]
fn bodies_go_on_while_there_is_no_input() {
    all(|live| async move {
        let (tx, rx) = tokio::sync::mpsc::channel::<u64>(8);
        let (seen, mut see) = tokio::sync::mpsc::unbounded_channel();
        let running = pipeline! {
            source a = rx;
            #[in_flight(4)]
            stage b = a.map(async |n| { for _ in 0..10 { tokio::task::yield_now().await; } n });
            sink s = b.for_each(|n| seen.send(n).unwrap());
            s
        }
        .spawn();
        for n in 0..5 {
            tx.send(n).await.unwrap();
            assert_eq!(see.recv().await, Some(n));
        }
        tx.send(9).await.unwrap();
        drop(tx);
        assert_eq!(see.recv().await, Some(9));
        assert_eq!(live.wait(running).await.result.unwrap(), 6);
    });
}

/// What stands before and behind the async operator runs in order; states too.
#[test]
fn before_and_behind_in_order() {
    all(|live| async move {
        let out = live
            .run(pipeline! {
                source a = 0..50u64;
                #[in_flight(6)]
                sink s = a
                    .filter(|n| n % 2 == 0)
                    .enumerate()
                    .map(async |(at, n)| { for _ in 0..(n * 7 % 9) { tokio::task::yield_now().await; } (at, n) })
                    .scan(0usize, |next, (at, n)| { assert_eq!(at, *next); *next += 1; n })
                    .take(20)
                    .collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), (0..40).step_by(2).collect::<Vec<_>>());
    });
}

/// A batch behind the bodies: nothing is lost at the end, and its age counts while bodies are out.
#[test]
fn a_batch_behind_the_bodies() {
    all(|live| async move {
        let out = live
            .run(pipeline! {
                source a = 0..10u64;
                #[in_flight(3)]
                stage b = a.map(async |n| { tokio::task::yield_now().await; n }).batch(4);
                sink s = b.collect::<Vec<Vec<u64>>>();
            })
            .await;
        assert_eq!(out.unwrap(), [vec![0, 1, 2, 3], vec![4, 5, 6, 7], vec![8, 9]]);
    });
    paused(|live| async move {
        let (gate, (tx, mut rx)) = (Gate::default(), tokio::sync::mpsc::unbounded_channel());
        let gate_2 = gate.clone();
        let since = tokio::time::Instant::now();
        let running = pipeline! {
            source a = 0..5u64;
            #[in_flight(3)]
            stage b = a.map(async |n| { if n == 3 { gate_2.pass().await; } n }).batch(100, 2s);
            sink s = b.for_each(|batch: Vec<u64>| tx.send(batch).unwrap());
            s
        }
        .spawn();
        live.step("the batch goes by its age");
        assert_eq!(rx.recv().await, Some(vec![0, 1, 2]));
        assert!(since.elapsed() >= std::time::Duration::from_secs(2));
        assert!(since.elapsed() <= std::time::Duration::from_millis(2001));
        gate.open();
        assert_eq!(rx.recv().await, Some(vec![3, 4]));
        assert_eq!(live.wait(running).await.result.unwrap(), 2);
    });
}

/// A batch before the bodies.
#[test]
fn a_batch_before_the_bodies() {
    all(|live| async move {
        let out = live
            .run(pipeline! {
                source a = 0..10u64;
                #[in_flight(3)]
                stage b = a.batch(4).map(async |batch: Vec<u64>| { tokio::task::yield_now().await; batch });
                sink s = b.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [vec![0, 1, 2, 3], vec![4, 5, 6, 7], vec![8, 9]]);
    });
    paused(|live| async move {
        let guard = live.guard();
        let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
        let since = tokio::time::Instant::now();
        let running = pipeline! {
            source a = then_quiet(0..5u64, guard);
            #[in_flight(3)]
            sink s = a.batch(4, 3s).for_each(async |batch: Vec<u64>| tx.send(batch).unwrap());
            s
        }
        .spawn();
        assert_eq!(rx.recv().await, Some(vec![0, 1, 2, 3]));
        assert_eq!(since.elapsed().as_secs(), 0);
        live.step("by its age");
        assert_eq!(rx.recv().await, Some(vec![4]));
        assert_eq!(since.elapsed().as_secs(), 3);
        running.shutdown();
        assert_eq!(live.wait(running).await.result.unwrap(), 2);
    });
}

/// Failed items in flight go to the `else` stream with their item, in the order of the input.
#[test]
fn rejects() {
    all(|live| async move {
        let out = live
            .run(pipeline! {
                #![error(Wrong)]
                source a = 0..60u64;
                #[in_flight(5)]
                stage b = a.map(async |ref n| {
                    for _ in 0..(*n * 7 % 9) { tokio::task::yield_now().await; }
                    wrong_at(*n / 3 * 3, *n)?
                }) else failed;
                sink good = b.collect::<Vec<_>>();
                sink bad = failed.map(|rejected| rejected.into_parts()).collect::<Vec<_>>();
                (good, bad)
            })
            .await;
        let (good, bad) = out.unwrap();
        assert_eq!(good, (0..60).filter(|n| n % 3 != 0).collect::<Vec<_>>());
        assert_eq!(bad, (0..60).step_by(3).map(|n| (Some(n), Wrong::At(n))).collect::<Vec<_>>());
    });
}

/// A part of an item that fails before its body, right behind another that has the only place, fails the run.
#[test]
fn failure_behind_a_full_house() {
    all(|live| async move {
        for limit in [1usize, 2, 3] {
            let failure = live
                .run(pipeline! {
                    #![error(Wrong)]
                    source a = std::iter::once(0..8u64);
                    #[in_flight(limit)]
                    stage b = a.flat_map(|ns| ns).map(|n| wrong_at(limit as u64, n)?).map(async |n| n);
                    sink s = b.count();
                })
                .await
                .unwrap_err();
            assert!(matches!(failure.cause(), Cause::Error(Wrong::At(n)) if *n == limit as u64), "{failure}");
        }
    });
}
