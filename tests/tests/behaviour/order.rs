//! Ordered workers give the sequence one worker gives; `keyed` keeps the order per key; `in_flight` keeps its own.

use std::collections::HashMap;

use pipeline_runtime::pipeline;

use super::support::*;

fn reference(n: u64) -> Vec<u64> {
    (0..n).filter(|n| n % 3 != 0).flat_map(|n| vec![n; (n % 5) as usize]).filter(|n| n % 7 != 0).collect()
}

/// Filters, parts, skipped failures: for each number of workers the same.
#[test]
fn workers_equal_one() {
    both(|live| async move {
        for workers in [1usize, 2, 3, 8] {
            for buffer in [0usize, 1, 3, 64, 1024] {
                let running = pipeline! {
                    #![error(Wrong)]
                    #![buffer(buffer)]
                    source a = 0..500u64;
                    #[workers(workers), on_error(skip)]
                    stage b = a
                        .filter(|n| n % 3 != 0)
                        .flat_map(|n| vec![n; (n % 5) as usize])
                        .map(|n| wrong_at(n / 7 * 7, n)?);
                    sink s = b.collect::<Vec<_>>();
                }
                .spawn();
                let outcome = live.wait(running).await;
                let (out, expected) = (outcome.result.unwrap(), reference(500));
                let same = out.iter().zip(&expected).take_while(|(a, b)| a == b).count();
                let (seen, wanted) =
                    (&out[same..out.len().min(same + 5)], &expected[same..expected.len().min(same + 5)]);
                assert_eq!(seen, wanted, "{workers} workers, buffer {buffer}, at {same}\n{}", outcome.report);
            }
        }
    });
}

/// Later items finish first: each window of bodies is let go backwards.
#[test]
fn later_items_finish_first() {
    both(|live| async move {
        let gates: std::sync::Arc<Vec<Gate>> = std::sync::Arc::new((0..60).map(|_| Gate::default()).collect());
        let (gates_2, begun, order) = (gates.clone(), Counter::default(), Log::default());
        let (begun_2, order_2) = (begun.clone(), order.clone());
        let running = pipeline! {
            #![buffer(4)]
            source a = 0..60u64;
            #[workers(4)]
            stage b = a.map(async |n| {
                begun_2.add();
                gates_2[n as usize].pass().await;
                order_2.push(n);
                n
            });
            sink s = b.collect::<Vec<_>>();
        }
        .spawn();
        for window in 0..15 {
            live.step("four bodies at once");
            while begun.get() < 4 * (window + 1) {
                tokio::task::yield_now().await;
            }
            for at in (0..4).rev() {
                // The first of the window last, so that nobody is ahead of it.
                gates[4 * window + at].open();
                while order.len() < 4 * window + 4 - at {
                    tokio::task::yield_now().await;
                }
            }
        }
        assert_eq!(live.wait(running).await.result.unwrap(), (0..60).collect::<Vec<_>>());
        assert_ne!(order.all(), (0..60).collect::<Vec<_>>(), "the bodies ended in another order");
    });
}

/// Skewed work, really parallel: the sequence is the same.
#[test]
fn skewed_work() {
    both(|live| async move {
        for workers in [2usize, 5] {
            let out = live
                .run(pipeline! {
                    #![buffer(8)]
                    source a = 0..300u64;
                    #[workers(workers)]
                    stage b = a.map(async |n| {
                        for _ in 0..(n * 7919 % 40) { tokio::task::yield_now().await; }
                        n
                    });
                    #[workers(workers), blocking]
                    stage c = b.map(|n| (0..n * 7907 % 5000).fold(n, |n, x| std::hint::black_box(n ^ x ^ x)));
                    sink s = c.collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), (0..300).collect::<Vec<_>>());
        }
    });
}

/// Many parts of one item: more than any edge or worker keeps.
#[test]
fn a_large_flat_map_under_workers() {
    both(|live| async move {
        for buffer in [0usize, 1, 1024] {
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    source a = 0..4u64;
                    #[workers(3)]
                    stage b = a.flat_map(|n| (0..5000u64).map(move |part| n * 10_000 + part));
                    sink s = b.fold((0u64, 0u64), |(count, next), n| {
                        assert_eq!(n, next / 5000 * 10_000 + next % 5000);
                        (count + 1, next + 1)
                    });
                })
                .await;
            assert_eq!(out.unwrap().0, 20_000, "buffer {buffer}");
        }
    });
}

/// Every output of ordered workers has the input's order: `tee`, `route`, rejects.
#[test]
fn all_outputs_of_workers_are_ordered() {
    both(|live| async move {
        for workers in [2usize, 4] {
            for buffer in [0usize, 2, 256] {
                let out = live
                    .run(pipeline! {
                        #![error(Wrong)]
                        #![buffer(buffer)]
                        source a = 0..400u64;
                        #[workers(workers)]
                        stage b = a.map(async |n| {
                            for _ in 0..(n * 31 % 5) { tokio::task::yield_now().await; }
                            wrong_at(n / 4 * 4, n)?
                        }) else failed;
                        #[workers(workers)]
                        stage (c, d) = b.route(|n| if n % 4 == 1 { c(n) } else { d(n) });
                        #[workers(workers)]
                        stage (e, f) = d.tee();
                        sink one = c.collect::<Vec<_>>();
                        sink rest = e.collect::<Vec<_>>();
                        sink again = f.collect::<Vec<_>>();
                        sink bad = failed.map(|rejected| *rejected.item().unwrap()).collect::<Vec<_>>();
                        (one, rest, again, bad)
                    })
                    .await;
                let of = |rests: &[u64]| (0..400u64).filter(|n| rests.contains(&(n % 4))).collect::<Vec<_>>();
                assert_eq!(out.unwrap(), (of(&[1]), of(&[2, 3]), of(&[2, 3]), of(&[0])));
            }
        }
    });
}

/// In flight, later bodies end first.
#[test]
fn in_flight_is_ordered() {
    all(|live| async move {
        let gates: std::sync::Arc<Vec<Gate>> = std::sync::Arc::new((0..40).map(|_| Gate::default()).collect());
        let (gates_2, begun) = (gates.clone(), Counter::default());
        let begun_2 = begun.clone();
        let running = pipeline! {
            source a = 0..40u64;
            #[in_flight(4)]
            stage b = a.map(async |n| { begun_2.add(); gates_2[n as usize].pass().await; n }).enumerate();
            sink s = b.collect::<Vec<_>>();
        }
        .spawn();
        for window in 0..10 {
            while begun.get() < 4 * (window + 1) {
                tokio::task::yield_now().await;
            }
            (0..4).rev().for_each(|at| gates[4 * window + at].open());
        }
        assert_eq!(live.wait(running).await.result.unwrap(), (0..40).map(|n| (n as usize, n)).collect::<Vec<_>>());
    });
}

/// Unordered is what comes first: the promise that is given up is really given up.
#[test]
fn unordered_does_not_wait() {
    both(|live| async move {
        let (gate, gate_3) = (Gate::default(), Gate::default());
        let (gate_2, gate_4) = (gate.clone(), gate_3.clone());
        let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
        let tx_2 = tx.clone();
        let running = pipeline! {
            source a = 0..5u64;
            #[workers(2), unordered]
            stage b = a.map(async |n| { if n == 0 { gate_2.pass().await; } n });
            sink s = b.for_each(|n| tx.send(n).unwrap());
            source c = 10..15u64;
            #[in_flight(2), unordered]
            stage d = c.map(async |n| { if n == 10 { gate_4.pass().await; } n });
            sink t = d.for_each(|n| tx_2.send(n).unwrap());
            (s, t)
        }
        .spawn();
        live.step("all others");
        let mut others = Vec::new();
        while others.len() < 8 {
            others.push(rx.recv().await.unwrap());
        }
        others.sort_unstable();
        assert_eq!(others, [1, 2, 3, 4, 11, 12, 13, 14]);
        gate.open();
        gate_3.open();
        assert_eq!(live.wait(running).await.result.unwrap(), (5, 5));
    });
}

/// All items of a key, in order, by one worker; one state per key; a batch per key.
#[test]
fn keyed() {
    both(|live| async move {
        for unordered in [false, true] {
            let items = (0..600u64).map(|n| (n * 7 % 13, n));
            let keys = items.clone();
            let out = if unordered {
                pipeline! {
                    #![buffer(5)]
                    source a = items;
                    #[workers(3), keyed(|(key, _)| *key), unordered]
                    stage b = a
                        .map(async |(key, n)| { for _ in 0..(n * 17 % 6) { tokio::task::yield_now().await; } (key, n) })
                        .scan(0u64, |count, (key, n)| { *count += 1; (key, *count, n) });
                    sink s = b.collect::<Vec<_>>();
                }
            } else {
                pipeline! {
                    #![buffer(5)]
                    source a = items;
                    #[workers(3), keyed(|(key, _)| *key)]
                    stage b = a
                        .map(async |(key, n)| { for _ in 0..(n * 17 % 6) { tokio::task::yield_now().await; } (key, n) })
                        .scan(0u64, |count, (key, n)| { *count += 1; (key, *count, n) });
                    sink s = b.collect::<Vec<_>>();
                }
            };
            let out = live.run(out).await.unwrap();
            if !unordered {
                assert!(out.iter().map(|(key, _, n)| (*key, *n)).eq(keys), "the input's order");
            }
            let mut last: HashMap<u64, (u64, u64)> = HashMap::new();
            for (key, count, n) in out {
                let (before, last_n) = last.get(&key).copied().unwrap_or((0, 0));
                assert_eq!(count, before + 1, "one state per key, and in the order of the key");
                assert!(before == 0 || n > last_n);
                last.insert(key, (count, n));
            }
            assert_eq!(last.values().map(|(count, _)| count).sum::<u64>(), 600);
        }
    });
}

/// Keys that are held back do not hold back others beyond the bounds, and no two bodies of a key run at once.
#[test]
fn one_body_per_key_at_a_time() {
    both(|live| async move {
        let busy: std::sync::Arc<Vec<Counter>> = std::sync::Arc::new((0..5).map(|_| Counter::default()).collect());
        let out = live
            .run(pipeline! {
                source a = 0..500u64;
                #[workers(4), keyed(|n| n % 5)]
                stage b = a.map(async |n| {
                    let busy = &busy[(n % 5) as usize];
                    assert_eq!(busy.add(), 0, "two bodies of one key");
                    for _ in 0..3 { tokio::task::yield_now().await; }
                    busy.set(0);
                    n
                });
                sink s = b.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), (0..500).collect::<Vec<_>>());
    });
}

#[test]
fn keyed_batches() {
    all(|live| async move {
        for workers in [0usize, 1, 3] {
            let out = if workers == 0 {
                pipeline! {
                    source a = 0..100u64;
                    #[keyed(|n| n % 7)]
                    stage b = a.batch(4);
                    sink s = b.collect::<Vec<Vec<u64>>>();
                }
            } else {
                pipeline! {
                    source a = 0..100u64;
                    #[keyed(|n| n % 7), workers(workers)]
                    stage b = a.batch(4);
                    sink s = b.collect::<Vec<Vec<u64>>>();
                }
            };
            let mut seen = vec![Vec::new(); 7];
            let mut partial = [0; 7];
            for batch in live.run(out).await.unwrap() {
                let key = (batch[0] % 7) as usize;
                assert!(batch.iter().all(|n| n % 7 == key as u64), "{batch:?}");
                partial[key] += usize::from(batch.len() < 4);
                seen[key].extend(batch);
            }
            for (key, seen) in seen.into_iter().enumerate() {
                assert_eq!(seen, (0..100).filter(|n| n % 7 == key as u64).collect::<Vec<_>>(), "{workers} workers");
                assert!(partial[key] <= 1);
            }
        }
    });
}

/// `keyed` without workers: states per key, and the order of the input.
#[test]
fn keyed_without_workers() {
    all(|live| async move {
        let out = live
            .run(pipeline! {
                source a = ["a", "b", "a", "a", "c", "b"];
                #[keyed(|text| text.len() + usize::from(text.starts_with('a')))]
                stage b = a.enumerate().map(|(at, text)| format!("{text}{at}"));
                sink s = b.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), ["a0", "b0", "a1", "a2", "c1", "b2"]);
    });
}

/// Stateful operators under `keyed`, each per key.
#[test]
fn each_stateful_operator_is_per_key() {
    both(|live| async move {
        let out = live
            .run(pipeline! {
                source a = 0..60u64;
                stage (b, c, d, e, f) = a.tee();
                #[workers(3), keyed(|n| n % 3)]
                stage takes = b.take(2);
                #[workers(3), keyed(|n| n % 3)]
                stage skips = c.skip(18);
                #[workers(3), keyed(|n| n % 3)]
                stage dedups = d.map(|n| n % 3).dedup();
                #[workers(3), keyed(|n| n % 3)]
                stage whiles = e.take_while(|n| *n < 4);
                #[workers(3), keyed(|n| n % 3)]
                stage skip_whiles = f.skip_while(|n| *n < 57);
                sink t = takes.collect::<Vec<_>>();
                sink u = skips.collect::<Vec<_>>();
                sink v = dedups.collect::<Vec<_>>();
                sink w = whiles.collect::<Vec<_>>();
                sink x = skip_whiles.collect::<Vec<_>>();
                vec![t, u, v, w, x]
            })
            .await;
        assert_eq!(
            out.unwrap(),
            [vec![0, 1, 2, 3, 4, 5], vec![54, 55, 56, 57, 58, 59], vec![0, 1, 2], vec![0, 1, 2, 3], vec![57, 58, 59]]
        );
    });
}

/// `concat` and `zip` keep the order of their inputs, `merge` that of each input.
#[test]
fn joins() {
    all(|live| async move {
        for buffer in [0usize, 1, 64] {
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    source a1 = 0..100u64;
                    source b1 = 100..200u64;
                    stage c = concat(a1, b1);
                    source a2 = 0..100u64;
                    source b2 = 100..200u64;
                    stage d = zip(a2, b2);
                    source a3 = 0..100u64;
                    source b3 = 100..200u64;
                    stage e = merge(a3, b3);
                    sink s = c.collect::<Vec<_>>();
                    sink t = d.collect::<Vec<_>>();
                    sink u = e.collect::<Vec<_>>();
                })
                .await;
            let (s, t, u) = out.unwrap();
            assert_eq!(s, (0..200).collect::<Vec<_>>());
            assert_eq!(t, (0..100).map(|n| (n, n + 100)).collect::<Vec<_>>());
            let (low, high): (Vec<u64>, Vec<u64>) = u.into_iter().partition(|n| *n < 100);
            assert_eq!((low, high), ((0..100).collect(), (100..200).collect()));
        }
    });
}

/// No input of a merge is starved by another one that never runs dry.
#[test]
fn a_merge_is_fair() {
    both(|live| async move {
        for buffer in [0usize, 1, 64, 1024] {
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    source a = std::iter::repeat(0usize);
                    source b = std::iter::repeat(1usize);
                    source c = std::iter::repeat(2usize);
                    stage d = merge(a, b, c);
                    // It ends when each of them has been heard so often; one that is starved never lets it end.
                    sink s = d
                        .scan([0u64; 3], |counts, n| { counts[n] += 1; *counts })
                        .take_while(|counts| counts.iter().any(|n| *n < 2000))
                        .last();
                })
                .await;
            assert_eq!(out.unwrap().unwrap().into_iter().min(), Some(1999), "buffer {buffer}");
        }
    });
    // All of them always ready, as the merge is slower than they are: each has its share.
    on(On::One, |live| async move {
        for buffer in [0usize, 1, 2, 64] {
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    source a = std::iter::repeat(0usize);
                    source b = std::iter::repeat(1usize);
                    source c = std::iter::repeat(2usize);
                    stage d = merge(a, b, c).map(async |n| { tokio::task::yield_now().await; n });
                    sink s = d.take(3000).fold([0u64; 3], |mut counts, n| { counts[n] += 1; counts });
                })
                .await
                .unwrap();
            assert!(out.iter().all(|n| *n > 800), "buffer {buffer}: {out:?}");
        }
    });
}

/// A quiet part of a merge is heard though another one is never silent.
#[test]
fn a_merge_hears_a_quiet_part() {
    both(|live| async move {
        let (tx, rx) = tokio::sync::mpsc::channel::<u64>(1);
        let running = pipeline! {
            source a = 1u64..;
            source b = rx;
            stage c = merge(a, b);
            stage d = c.filter(|n| *n == 0);
            sink s = d.first();
        }
        .spawn();
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        tx.send(0).await.unwrap();
        assert_eq!(live.wait(running).await.result.unwrap(), Some(0));
    });
}

/// With workers and bodies in flight together.
#[test]
fn workers_with_bodies_in_flight() {
    all(|live| async move {
        for (workers, in_flight) in [(1usize, 4usize), (2, 2), (3, 7), (4, 1)] {
            let out = live
                .run(pipeline! {
                    #![buffer(6)]
                    source a = 0..300u64;
                    #[workers(workers), in_flight(in_flight)]
                    stage b = a
                        .filter(|n| n % 5 != 0)
                        .map(async |n| { for _ in 0..(n * 13 % 7) { tokio::task::yield_now().await; } n })
                        .flat_map(|n| vec![n; (n % 3) as usize]);
                    sink s = b.collect::<Vec<_>>();
                })
                .await;
            let expected: Vec<u64> = (0..300).filter(|n| n % 5 != 0).flat_map(|n| vec![n; (n % 3) as usize]).collect();
            assert_eq!(out.unwrap(), expected, "{workers} {in_flight}");
        }
    });
}
