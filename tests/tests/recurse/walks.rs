//! What users of `recurse` rely on.

use std::future::pending;
use std::time::Duration;

use pipeline_runtime::{Cause, Next, pipeline};

use crate::support::*;

/// A number, and those below it in the tree of 1.
fn visit(n: u64, next: &Next<u64>) -> u64 {
    if n < 500 {
        next.push(2 * n);
        next.push(2 * n + 1);
    }
    n
}

fn sorted(mut all: Vec<u64>) -> Vec<u64> {
    all.sort_unstable();
    all
}

/// With one worker: first in, first out, and what was found before what comes from outside.
#[test]
fn one_worker_takes_what_was_found_first() {
    all(|live| async move {
        let running = pipeline! {
            source a = [1u64, 100, 2];
            stage walk = a.recurse(|n, next| {
                if n < 10 { next.push(n * 10); next.push(n * 10 + 1); }
                n
            });
            sink s = walk.collect::<Vec<_>>();
        }
        .spawn();
        let outcome = live.wait_for_walk(running, "walk").await;
        assert_eq!(outcome.result.unwrap(), [1, 10, 11, 100, 2, 20, 21]);
        let walk = outcome.report.stage("walk").unwrap();
        assert_eq!((walk.received, walk.done, walk.emitted), (7, 7, 7));
        assert_eq!(outcome.report.edge("a").unwrap().received, 3);
    });
}

/// Also where more of the input is at hand.
#[test]
fn found_items_go_before_a_full_input() {
    all(|live| async move {
        let running = pipeline! {
            source a = 0..3000u64;
            stage walk = a.recurse(|n, next| { if n < 10_000 { next.push(n + 10_000); } n });
            sink s = walk.collect::<Vec<_>>();
        }
        .spawn();
        let expected: Vec<_> = (0..3000).flat_map(|n| [n, n + 10_000]).collect();
        assert_eq!(live.wait_for_walk(running, "walk").await.result.unwrap(), expected);
    });
}

/// The set of results is the same at any number of workers, bodies in flight and items in a buffer.
#[test]
fn the_same_set_at_any_number() {
    both(|live| async move {
        for buffer in [0usize, 1, 64] {
            for workers in 1..=8usize {
                let running = pipeline! {
                    #![buffer(buffer)]
                    source a = [1u64];
                    #[workers(workers)]
                    stage walk = a.recurse(visit);
                    #[workers(workers), in_flight(workers * 2)]
                    stage again = walk.map(async |n| n);
                    sink s = again.collect::<Vec<_>>();
                }
                .spawn();
                let outcome = live.wait_for_walk(running, "walk").await;
                assert_eq!(sorted(outcome.result.unwrap()), (1..1000).collect::<Vec<_>>());
            }
        }
    });
}

/// A long chain, each link found by the one before: further than workers may run ahead of one another.
#[test]
fn a_long_chain() {
    both(|live| async move {
        let link = async |n: u64, next: &Next<u64>| {
            if n < 3000 {
                next.push(n + 1);
            }
            n
        };
        for (workers, limit) in [(1usize, 1usize), (4, 1), (3, 3), (2, 64)] {
            let running = pipeline! {
                #![buffer(0)]
                source a = [0u64];
                #[workers(workers), in_flight(limit)]
                stage walk = a.recurse(async |n, next| link(n, next).await);
                sink s = walk.collect::<Vec<_>>();
            }
            .spawn();
            assert_eq!(live.wait_for_walk(running, "walk").await.result.unwrap(), (0..=3000).collect::<Vec<_>>());
            let running = pipeline! {
                #![buffer(1)]
                source a = [0u64];
                #[workers(workers), keyed(|n| n % 5)]
                stage walk = a.recurse(async |n, next| link(n, next).await);
                sink s = walk.collect::<Vec<_>>();
            }
            .spawn();
            assert_eq!(live.wait_for_walk(running, "walk").await.result.unwrap(), (0..=3000).collect::<Vec<_>>());
        }
    });
}

/// What one body finds, others take up at once, also while that one is still at work.
#[test]
fn found_items_run_beside_the_body_that_found_them() {
    all(|live| async move {
        for (workers, limit) in [(1usize, 5usize), (5, 5)] {
            let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(5));
            let running = pipeline! {
                source a = [0u64];
                #[workers(workers), in_flight(limit)]
                stage walk = a.recurse(async |n, next| {
                    if n == 0 {
                        // The others are idle by now.
                        for _ in 0..50 { tokio::task::yield_now().await; }
                        for n in 1..5 { next.push(n); }
                    }
                    barrier.wait().await;
                    n
                });
                sink s = walk.count();
            }
            .spawn();
            assert_eq!(live.wait_for_walk(running, "walk").await.result.unwrap(), 5);
        }
    });
}

/// The input's end does not end a stage whose bodies are still out, and may still find something.
#[test]
fn ends_when_all_work_is_done() {
    all(|live| async move {
        for limit in [1usize, 4] {
            let gate = Gate::default();
            let (gate_2, (tx, mut rx)) = (gate.clone(), tokio::sync::mpsc::unbounded_channel());
            let running = pipeline! {
                source a = [0u64];
                #[in_flight(limit)]
                stage walk = a.recurse(async |n, next| {
                    tx.send(n).unwrap();
                    gate_2.pass().await;
                    if n < 3 { next.push(n + 1); }
                    n
                });
                sink s = walk.collect::<Vec<_>>();
            }
            .spawn();
            for n in 0..4 {
                assert_eq!(rx.recv().await, Some(n));
                // The input has ended long since.
                for _ in 0..20 {
                    tokio::task::yield_now().await;
                }
                gate.let_through(1);
            }
            assert_eq!(live.wait_for_walk(running, "walk").await.result.unwrap(), [0, 1, 2, 3]);
        }
    });
}

/// A quiet input holds up nothing that was found.
#[test]
fn while_the_input_is_quiet() {
    all(|live| async move {
        for workers in [1usize, 3] {
            let (tx, rx) = tokio::sync::mpsc::channel(4);
            let (seen, mut see) = tokio::sync::mpsc::unbounded_channel();
            let running = pipeline! {
                source a = rx;
                #[workers(workers)]
                stage walk = a.recurse(async |n: u64, next| { if n % 10 < 3 { next.push(n + 1); } n });
                sink s = walk.for_each(|n| seen.send(n).unwrap());
                s
            }
            .spawn();
            for n in [0, 10, 20] {
                tx.send(n).await.unwrap();
                for at in 0..4 {
                    assert_eq!(see.recv().await, Some(n + at));
                }
            }
            drop(tx);
            assert_eq!(live.wait_for_walk(running, "walk").await.result.unwrap(), 12);
        }
    });
}

/// One visit for each key; what is not visited is counted as filtered, from the input and found alike.
#[test]
fn unique() {
    all(|live| async move {
        for workers in [1usize, 4] {
            let running = pipeline! {
                source a = [3u64, 3, 5];
                #[workers(workers)]
                stage walk = a.recurse(|n, next| {
                    for m in [n, (n + 1) % 10, (n * 3) % 10] { assert!(next.push(m)); }
                    n
                }, unique = |n| *n);
                sink s = walk.collect::<Vec<_>>();
            }
            .spawn();
            let outcome = live.wait_for_walk(running, "walk").await;
            assert_eq!(sorted(outcome.result.unwrap()), (0..10).collect::<Vec<_>>());
            let walk = outcome.report.stage("walk").unwrap();
            assert_eq!((walk.received, walk.done, walk.filtered), (33, 10, 23));
        }
    });
}

/// So many wait and no more: what is refused is told, and counted as discarded.
#[test]
fn a_bounded_frontier() {
    all(|live| async move {
        let running = pipeline! {
            source a = [0u64];
            stage walk = a.recurse(
                |n, next| if n == 0 { (1..=10).filter(|n| next.push(*n)).collect::<Vec<_>>() } else { vec![n] },
                frontier = 4
            );
            sink s = walk.collect::<Vec<_>>();
        }
        .spawn();
        let outcome = live.wait_for_walk(running, "walk").await;
        assert_eq!(outcome.result.unwrap(), [vec![1, 2, 3, 4], vec![1], vec![2], vec![3], vec![4]]);
        let walk = outcome.report.stage("walk").unwrap();
        assert_eq!((walk.received, walk.done, walk.discarded), (11, 5, 6));
    });
}

/// What was refused is not known to `unique`: it may be found again.
#[test]
fn refused_is_not_seen() {
    all(|live| async move {
        let (accepted, log) = (Log::default(), Log::default());
        let (accepted_2, log_2) = (accepted.clone(), log.clone());
        let running = pipeline! {
            source a = [0u64];
            stage walk = a.recurse(|n, next| {
                // Known: accepted, whatever waits.
                log_2.push(next.push(n));
                for m in 1..4 { if next.push(m) { accepted_2.push((n, m)); } }
                n
            }, unique = |n| *n, frontier = 1);
            sink s = walk.collect::<Vec<_>>();
        }
        .spawn();
        let outcome = live.wait_for_walk(running, "walk").await;
        assert_eq!(outcome.result.unwrap(), [0, 1, 2, 3]);
        assert!(log.all().iter().all(|known| *known));
        assert!(accepted.all().starts_with(&[(0, 1), (1, 1), (1, 2)]), "{:?}", accepted.all());
    });
}

/// Cancelled in the middle: what waits was received and is discarded; nothing is left alive.
#[test]
fn cancelled_in_the_middle() {
    all(|live| async move {
        for (workers, limit) in [(1usize, 1usize), (1, 3), (3, 3)] {
            let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
            let (guards, root) = (live.clone(), live.guard());
            let running = pipeline! {
                source a = [Some(root)];
                #[workers(workers), in_flight(limit)]
                stage walk = a.recurse(async |item, next| {
                    for _ in 0..20 { next.push(Some(guards.guard())); }
                    tx.send(()).unwrap();
                    pending::<()>().await;
                    drop(item);
                });
                sink s = walk.count();
            }
            .spawn();
            for _ in 0..limit {
                rx.recv().await.unwrap();
            }
            running.cancel();
            let outcome = live.wait_for_walk(running, "walk").await;
            is_cancelled(outcome.result);
            let walk = outcome.report.stage("walk").unwrap();
            assert_eq!((walk.received, walk.discarded), (1 + 20 * limit as u64, 1 + 20 * limit as u64));
        }
    });
}

/// Dropped in the middle.
#[test]
fn dropped_in_the_middle() {
    both(|live| async move {
        let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
        let (guards, root) = (live.clone(), live.guard());
        let running = pipeline! {
            source a = [root];
            #[workers(2)]
            stage walk = a.recurse(async |item, next| {
                next.push(guards.guard());
                next.push(guards.guard());
                tx.send(()).unwrap();
                tokio::task::yield_now().await;
                drop(item);
            });
            sink s = walk.count();
        }
        .spawn();
        for _ in 0..50 {
            rx.recv().await.unwrap();
        }
        drop(running);
        live.settled().await;
    });
}

/// Shut down in the middle: sources stop, and all that was found and is still to be found is visited.
#[test]
fn shut_down_in_the_middle() {
    all(|live| async move {
        for workers in [1usize, 3] {
            let gate = Gate::default();
            let (gate_2, (tx, mut rx)) = (gate.clone(), tokio::sync::mpsc::unbounded_channel());
            let guard = live.guard();
            let running = pipeline! {
                source a = then_quiet([1u64], guard);
                #[workers(workers)]
                stage walk = a.recurse(async |n, next| {
                    if n == 1 { tx.send(()).unwrap(); gate_2.pass().await; }
                    visit(n, next)
                });
                sink s = walk.count();
            }
            .spawn();
            rx.recv().await.unwrap();
            running.shutdown();
            gate.open();
            assert_eq!(live.wait_for_walk(running, "walk").await.result.unwrap(), 999);
        }
    });
}

/// A walk without an end does not end within the drain time.
#[test]
fn a_drain_that_is_exceeded() {
    paused(|live| async move {
        let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
        let running = pipeline! {
            #![drain(2s)]
            source a = [0u64];
            stage walk = a.recurse(async |n, next| {
                next.push(n + 1);
                tokio::time::sleep(Duration::from_millis(100)).await;
                let _ = tx.send(n);
            });
            sink s = walk.count();
        }
        .spawn();
        rx.recv().await.unwrap();
        running.shutdown();
        let outcome = live.wait_for_walk(running, "walk").await;
        assert!(exceeded(outcome.result).contains(&"walk"));
    });
}

/// Ended early from behind: what waits is discarded, quietly.
#[test]
fn ended_early() {
    all(|live| async move {
        for workers in [1usize, 3] {
            let (guards, root) = (live.clone(), live.guard());
            let running = pipeline! {
                source a = [root];
                #[workers(workers)]
                stage walk = a.recurse(|item, next| {
                    next.push(guards.guard());
                    next.push(guards.guard());
                    drop(item);
                });
                sink s = walk.take(30).count();
            }
            .spawn();
            let outcome = live.wait_for_walk(running, "walk").await;
            assert_eq!(outcome.result.unwrap(), 30);
            assert!(outcome.report.stage("walk").unwrap().discarded > 0);
        }
        let running = pipeline! {
            source a = 0u64..;
            stage walk = a.recurse(|n, next| { next.push(n + 1); n }).take(30);
            sink s = walk.collect::<Vec<_>>();
        }
        .spawn();
        let outcome = live.wait_for_walk(running, "walk").await;
        assert_eq!(outcome.result.unwrap(), (0..30).collect::<Vec<_>>());
        let walk = outcome.report.stage("walk").unwrap();
        assert_eq!((walk.done, walk.discarded), (30, 1));
    });
}

/// A panic of the body, and of the function of `unique` wherever it is called.
#[test]
fn panics() {
    both(|live| async move {
        for (body, key, workers) in
            [(7u64, 9999u64, 1usize), (7, 9999, 3), (9999, 7, 1), (9999, 7, 3), (9999, 1, 1), (9999, 1, 3)]
        {
            let running = pipeline! {
                source a = [1u64];
                #[workers(workers)]
                stage walk = a.recurse(|n, next| {
                    assert!(n != body, "a bad body");
                    visit(n, next)
                }, unique = |n| { assert!(*n != key, "a bad key"); *n });
                sink s = walk.count();
            }
            .spawn();
            let outcome = live.wait_for_walk(running, "walk").await;
            let failure = outcome.result.unwrap_err();
            let text = if body == 7 { "a bad body" } else { "a bad key" };
            assert!(matches!(failure.cause(), Cause::Panic(found) if found == text), "{failure}");
            assert_eq!(failure.stage(), Some("walk"));
            assert_eq!(outcome.report.stage("walk").unwrap().failed, 1, "{}", outcome.report);
        }
    });
}

/// An item that fails goes to the `else` stream, and what it had found is visited all the same.
#[test]
fn rejects_carry_the_item() {
    all(|live| async move {
        for workers in [1usize, 4] {
            let running = pipeline! {
                #![error(Wrong)]
                source a = [1u64];
                #[workers(workers)]
                stage walk = a.recurse(|ref n, next| { visit(*n, next); wrong_at(n / 3 * 3, *n)? }) else bad;
                sink good = walk.collect::<Vec<_>>();
                sink rest = bad.map(|rejected| rejected.into_parts().0.unwrap()).collect::<Vec<_>>();
                (sorted(good), sorted(rest))
            }
            .spawn();
            let (good, rest) = live.wait_for_walk(running, "walk").await.result.unwrap();
            assert_eq!(good, (1..1000).filter(|n| n % 3 != 0).collect::<Vec<_>>());
            assert_eq!(rest, (3..1000).step_by(3).collect::<Vec<_>>());
        }
    });
}

/// Items with neither `Clone` nor `Sync`.
#[test]
fn plain_items() {
    struct Folder(std::cell::Cell<u64>);
    both(|live| async move {
        let running = pipeline! {
            source a = [Folder(std::cell::Cell::new(3))];
            #[workers(2)]
            stage walk = a.recurse(|folder: Folder, next| {
                let depth = folder.0.get();
                if depth > 0 { for _ in 0..2 { next.push(Folder(std::cell::Cell::new(depth - 1))); } }
                folder
            });
            sink s = walk.map(|folder| folder.0.into_inner()).fold(0, |sum, n| sum + n);
        }
        .spawn();
        assert_eq!(live.wait_for_walk(running, "walk").await.result.unwrap(), 3 + 2 * 2 + 4);
    });
}

/// Items that hold trait objects, and borrowed types in their names.
#[test]
fn items_with_trait_objects() {
    type Job = Box<dyn FnOnce() -> Vec<&'static str> + Send>;
    fn job(depth: usize) -> (usize, Job) {
        (depth, Box::new(move || vec!["x"; depth]))
    }
    both(|live| async move {
        let running = pipeline! {
            source a = [job(3)];
            #[workers(3), in_flight(6)]
            stage walk = a.recurse(async |(depth, run), next| {
                tokio::task::yield_now().await;
                if depth > 0 { next.push(job(depth - 1)); next.push(job(depth - 1)); }
                run().len()
            }, unique = |(depth, _): &(usize, Job)| *depth);
            sink s = walk.fold(0, |sum, n| sum + n);
        }
        .spawn();
        assert_eq!(live.wait_for_walk(running, "walk").await.result.unwrap(), 3 + 2 + 1);
    });
}

/// Refused before anything starts.
#[test]
fn a_frontier_that_cannot_be() {
    all(|live| async move {
        let none = 0usize;
        let failure = live
            .run(pipeline! {
                source a = [1u64];
                sink s = a.recurse(visit, frontier = none).count();
            })
            .await
            .unwrap_err();
        assert!(matches!(failure.cause(), Cause::Config(text) if text.contains("recurse")), "{failure}");
    });
}

/// A stage inside the task of one that recurses.
#[test]
fn with_a_stage_inline() {
    all(|live| async move {
        let running = pipeline! {
            source a = [1u64];
            stage walk = a.recurse(visit);
            #[inline]
            stage odd = walk.filter(|n| n % 2 == 1);
            sink s = odd.count();
        }
        .spawn();
        assert_eq!(live.wait_for_walk(running, "walk").await.result.unwrap(), 500);
    });
}

/// In a fragment, which is a part of another pipeline's run.
#[test]
fn in_a_fragment() {
    all(|live| async move {
        let walk = pipeline! {
            source roots = input;
            #[workers(3)]
            stage nodes = roots.recurse(visit, unique = |n| *n);
            sink out = nodes.output();
        };
        let running = pipeline! {
            source a = [1u64, 2, 3];
            stage walk = a.via(walk);
            sink s = walk.count();
        }
        .spawn();
        assert_eq!(live.wait_for_walk(running, "walk/nodes").await.result.unwrap(), 999);
    });
}
