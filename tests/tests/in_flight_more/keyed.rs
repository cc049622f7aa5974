//! `keyed` with `in_flight`: bodies of one key one after the other, of different keys at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use pipeline_runtime::{Cause, pipeline};

use crate::support::*;

/// The keys whose bodies are at work.
#[derive(Clone, Default)]
struct AtWork(Arc<Mutex<HashMap<u64, u64>>>);

impl AtWork {
    /// A body of `key` begins; there is no other of it.
    fn begin(&self, key: u64) -> Done {
        let before = {
            let mut keys = self.0.lock().unwrap();
            let at_work = keys.entry(key).or_default();
            *at_work += 1;
            *at_work - 1
        };
        assert_eq!(before, 0, "two bodies of key {key}");
        Done(self.clone(), key)
    }
}

struct Done(AtWork, u64);

impl Drop for Done {
    fn drop(&mut self) {
        if let Some(at_work) = self.0.0.lock().unwrap().get_mut(&self.1) {
            *at_work -= 1;
        }
    }
}

#[test]
fn one_body_of_a_key_at_a_time_in_order() {
    all(|live| async move {
        for (workers, limit, ordered) in
            [(1usize, 1usize, true), (1, 7, true), (3, 8, true), (1, 7, false), (3, 8, false)]
        {
            let (at_work, begun) = (AtWork::default(), Log::default());
            let (begun_2, guards) = (begun.clone(), live.clone());
            let body = async move |n: u64| {
                let _alive = guards.guard();
                let _done = at_work.begin(n % 5);
                begun_2.push(n);
                for _ in 0..n * 7 % 4 {
                    tokio::task::yield_now().await;
                }
                n
            };
            let out = if ordered {
                live.run(pipeline! {
                    source a = 0..300u64;
                    #[keyed(|n| n % 5), in_flight(limit), workers(workers)]
                    stage b = a.map(async |n| body(n).await);
                    sink s = b.collect::<Vec<_>>();
                })
                .await
                .unwrap()
            } else {
                live.run(pipeline! {
                    source a = 0..300u64;
                    #[keyed(|n| n % 5), in_flight(limit), workers(workers), unordered]
                    stage b = a.map(async |n| body(n).await);
                    sink s = b.collect::<Vec<_>>();
                })
                .await
                .unwrap()
            };
            let of_key = |all: &[u64], key| all.iter().copied().filter(|n| n % 5 == key).collect::<Vec<_>>();
            for key in 0..5 {
                let expected: Vec<u64> = (0..300).filter(|n| n % 5 == key).collect();
                assert_eq!(of_key(&begun.all(), key), expected);
                assert_eq!(of_key(&out, key), expected);
            }
            assert_eq!(out.len(), 300);
            assert!(!ordered || out.is_sorted());
        }
    });
}

/// Bodies of different keys really overlap: each waits for one of every key.
#[test]
fn different_keys_at_once() {
    all(|live| async move {
        let barrier = Arc::new(tokio::sync::Barrier::new(6));
        let out = live
            .run(pipeline! {
                source a = 0..60u64;
                #[keyed(|n| n % 6), in_flight(6)]
                stage b = a.map(async |n| { barrier.wait().await; n });
                sink s = b.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), (0..60).collect::<Vec<_>>());
    });
}

/// A body that stands still holds up its own key only.
#[test]
fn a_slow_key_holds_up_no_other() {
    all(|live| async move {
        let (gate, (tx, mut rx)) = (Gate::default(), tokio::sync::mpsc::unbounded_channel());
        let gate_2 = gate.clone();
        let running = pipeline! {
            source a = [0u64, 0, 1, 1, 1, 0];
            #[keyed(|n| *n), in_flight(10), unordered]
            sink s = a.for_each(async |n| { if n == 0 { gate_2.pass().await; } tx.send(n).unwrap() });
            s
        }
        .spawn();
        for _ in 0..3 {
            assert_eq!(rx.recv().await, Some(1));
        }
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), 6);
    });
}

/// The items that wait for their key count among the n: intake goes no further.
#[test]
fn what_waits_for_its_key_has_a_slot() {
    paused(|live| async move {
        let (gate, taken) = (Gate::default(), Counter::default());
        let (gate_2, taken_2) = (gate.clone(), taken.clone());
        let running = pipeline! {
            source a = 0..100u64;
            #[keyed(|_| 0), in_flight(4)]
            sink s = a.inspect(|_| { taken_2.add(); }).for_each(async |_| gate_2.pass().await);
            s
        }
        .spawn();
        quiet().await;
        assert_eq!(taken.get(), 4);
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), 100);
    });
}

/// States before and behind the body are those of the key.
#[test]
fn states_of_each_key() {
    all(|live| async move {
        for workers in [1usize, 3] {
            let out = live
                .run(pipeline! {
                    source a = 0..200u64;
                    #[keyed(|n| n % 7), in_flight(9), workers(workers)]
                    stage b = a
                        .enumerate()
                        .map(async |(at, n)| { for _ in 0..n * 5 % 4 { tokio::task::yield_now().await; } (at, n) })
                        .scan(0, |sum, (at, n)| { *sum += n; (at, n, *sum) });
                    sink s = b.collect::<Vec<_>>();
                })
                .await;
            let expected: Vec<_> =
                (0..200u64).map(|n| ((n / 7) as usize, n, (0..=n).filter(|m| m % 7 == n % 7).sum::<u64>())).collect();
            assert_eq!(out.unwrap(), expected);
        }
    });
}

/// After a failure no further body of its key begins.
#[test]
fn nothing_of_a_key_after_its_failure() {
    all(|live| async move {
        for ordered in [true, false] {
            let seen = Log::default();
            let seen_2 = seen.clone();
            let body = async move |n: u64| {
                seen_2.push(n);
                tokio::task::yield_now().await;
                wrong_at(3, n)
            };
            let result = if ordered {
                live.run(pipeline! {
                    #![error(Wrong)]
                    source a = 0..50u64;
                    #[keyed(|_| ()), in_flight(8)]
                    sink s = a.for_each(async |n| { body(n).await?; });
                })
                .await
            } else {
                live.run(pipeline! {
                    #![error(Wrong)]
                    source a = 0..50u64;
                    #[keyed(|_| ()), in_flight(8), unordered]
                    sink s = a.for_each(async |n| { body(n).await?; });
                })
                .await
            };
            let failure = result.unwrap_err();
            assert!(matches!(failure.cause(), Cause::Error(Wrong::At(3))), "{failure}");
            assert_eq!(seen.all(), [0, 1, 2, 3]);
        }
    });
}

/// What waits for its key when the run is cancelled was received, and is discarded.
#[test]
fn cancelled_in_line() {
    all(|live| async move {
        let guards = live.clone();
        let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
        let running = pipeline! {
            source a = std::iter::repeat_with(move || guards.guard());
            #[keyed(|_| 1), in_flight(5)]
            sink s = a.for_each(async |guard| {
                tx.send(()).unwrap();
                std::future::pending::<()>().await;
                drop(guard);
            });
        }
        .spawn();
        rx.recv().await.unwrap();
        running.cancel();
        let outcome = live.wait(running).await;
        is_cancelled(outcome.result);
        let s = outcome.report.stage("s").unwrap().clone();
        assert_eq!((s.done, s.failed), (0, 0));
        assert_eq!(s.discarded, s.received);
    });
}

/// Windows before and behind the bodies are those of the key, and so is what is left at the end.
#[test]
fn windows_of_each_key() {
    all(|live| async move {
        for workers in [1usize, 2] {
            let out = live
                .run(pipeline! {
                    source a = 0..21u64;
                    #[keyed(|n| n % 2), in_flight(4), workers(workers)]
                    stage behind = a
                        .map(async |n| { tokio::task::yield_now().await; n })
                        .window(count = 5, Vec::new(), |all, n| all.push(n))
                        .map(|window| window.value);
                    #[keyed(|all| all[0] % 2), in_flight(4), workers(workers)]
                    stage before = behind
                        .window(count = 2, Vec::new(), |all, some: Vec<u64>| all.extend(some))
                        .map(async |window| { tokio::task::yield_now().await; window.value });
                    sink s = before.collect::<Vec<_>>();
                })
                .await;
            let mut out = out.unwrap();
            out.sort();
            let some = |from: u64, to: u64| (from..=to).step_by(2).collect::<Vec<_>>();
            assert_eq!(out, [some(0, 18), some(1, 19), some(20, 20)]);
        }
    });
}
