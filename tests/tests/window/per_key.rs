//! Windows and results of each key.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use pipeline_runtime::{Window, pipeline};
use tokio::sync::mpsc::channel;
use tokio::time::{Instant, sleep_until};

use crate::support::*;

fn millis(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// `(key, value)` for each key.
fn map<K: std::hash::Hash + Eq, V>(pairs: impl IntoIterator<Item = (K, V)>) -> HashMap<K, V> {
    pairs.into_iter().collect()
}

/// By time: the same windows for all keys, each with its key.
#[test]
fn windows_of_time() {
    paused(|live| async move {
        for workers in [0usize, 3] {
            let (tx, rx) = channel::<u64>(8);
            let running = if workers == 0 {
                pipeline! {
                    source a = rx;
                    #[keyed(|n| n % 10)]
                    stage b = a.window(Vec::new(), |all: &mut Vec<u64>, n| all.push(n), every = 1s).enumerate();
                    sink s = b.map(|(at, w): (usize, Window<_, u64>)| (w.key, w.value, at)).collect::<Vec<_>>();
                }
                .spawn()
            } else {
                pipeline! {
                    source a = rx;
                    #[keyed(|n| n % 10), workers(workers)]
                    stage b = a.window(Vec::new(), |all: &mut Vec<u64>, n| all.push(n), every = 1s).enumerate();
                    sink s = b.map(|(at, w): (usize, Window<_, u64>)| (w.key, w.value, at)).collect::<Vec<_>>();
                }
                .spawn()
            };
            let since = Instant::now();
            for (time, item) in [(100, 1), (200, 2), (900, 11), (1100, 3), (1200, 1), (3000, 3), (3000, 22), (3000, 2)]
            {
                sleep_until(since + millis(time)).await;
                tx.send(item).await.unwrap();
            }
            drop(tx);
            let out = live.wait(running).await.result.unwrap();
            // Workers that wait for the same instant come in any order; at the end there is one.
            let windows = |range: std::ops::Range<usize>| out[range].iter().cloned().collect::<BTreeSet<_>>();
            assert_eq!(windows(0..2), BTreeSet::from([(1, vec![1, 11], 0), (2, vec![2], 0)]), "{workers}");
            assert_eq!(windows(2..4), BTreeSet::from([(1, vec![1], 1), (3, vec![3], 0)]));
            assert_eq!(out[4..], [(3, vec![3], 1), (2, vec![22, 2], 1)]);
        }
    });
}

/// What is over of one key goes out before an item of another that comes later, past states of both.
#[test]
fn over_before_another_key() {
    paused(|live| async move {
        let running = pipeline! {
            source a = [1u64, 2, 3, 11, 21];
            #[keyed(|n| n % 10)]
            stage b = a
                .inspect(async |_| tokio::time::sleep(millis(400)).await)
                .enumerate()
                .flat_map(|(at, n)| [(at, n), (at, n + 100)])
                .scan(0, |seen, x| { *seen += 1; (*seen, x) })
                .window(Vec::new(), |all: &mut Vec<_>, (seen, (at, n))| all.push((at, seen, n)), every = 1s)
                .enumerate();
            sink s = b.map(|(at, window)| (window.key, at, window.value)).collect::<Vec<_>>();
        }
        .spawn();
        let out = live.wait(running).await.result.unwrap();
        // They come at 400, 800, 1200, 1600 and 2000.
        let expected = [
            (1, 0, vec![(0, 1, 1), (0, 2, 101)]),
            (2, 0, vec![(0, 1, 2), (0, 2, 102)]),
            (3, 0, vec![(0, 1, 3), (0, 2, 103)]),
            (1, 1, vec![(1, 3, 11), (1, 4, 111)]),
            (1, 2, vec![(2, 5, 21), (2, 6, 121)]),
        ];
        assert_eq!(out, expected);
    });
}

/// By count, at any number of workers: the windows that are complete in the order of the input, then the open ones in
/// the order in which they were begun.
#[test]
fn windows_by_count() {
    all(|live| async move {
        let mut expected: Vec<(u64, Vec<u64>)> = Vec::new();
        let mut open: Vec<(u64, Vec<u64>)> = Vec::new();
        for n in 0..103u64 {
            let key = n * n % 11;
            let at = open.iter().position(|(open, _)| *open == key).unwrap_or_else(|| {
                open.push((key, Vec::new()));
                open.len() - 1
            });
            open[at].1.push(n);
            if open[at].1.len() == 4 {
                expected.push(open.remove(at));
            }
        }
        expected.extend(open);
        for workers in 1..5usize {
            let out = live
                .run(pipeline! {
                    source a = 0..103u64;
                    #[keyed(|n| n * n % 11), workers(workers)]
                    stage b = a.window(Vec::new(), |all: &mut Vec<u64>, n| all.push(n), count = 4);
                    sink s = b.map(|window| (window.key, window.value)).collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), expected, "{workers} workers");
        }
        let out = live
            .run(pipeline! {
                source a = 0..103u64;
                #[keyed(|n| n * n % 11)]
                sink s = a
                    .window(Vec::new(), |all: &mut Vec<u64>, n| all.push(n), count = 4)
                    .map(|window| (window.key, window.value))
                    .fold(Vec::new(), |mut all, one| { all.push(one); all });
            })
            .await
            .unwrap();
        for (key, all) in out {
            let own: Vec<_> = expected.iter().filter(|(own, _)| *own == key).cloned().collect();
            assert_eq!(all, own);
        }
    });
}

/// Sliding by time, at the end: in the order in which they would have been over, at any number of workers.
#[test]
fn sliding_at_the_end() {
    paused(|live| async move {
        let mut expected = Vec::new();
        for end in 1..4u64 {
            expected.extend([5u64, 3, 4].map(|key| (end, key, 2u64)));
        }
        for workers in 1..4usize {
            let begun = Instant::now();
            let out = live
                .run(pipeline! {
                    source a = [5u64, 3, 4, 3, 5, 4];
                    #[keyed(|n| *n), workers(workers)]
                    stage b = a.window(0, |n, _| *n += 1, every = 1s, last = 3s);
                    sink s = b.map(|w| ((w.end - begun).as_secs(), w.key, w.value)).collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), expected, "{workers} workers");
        }
    });
}

/// On cancel, per key and with workers.
#[test]
fn on_cancel() {
    paused(|live| async move {
        let guard = live.guard();
        let running = pipeline! {
            source a = then_quiet(0..50u64, guard);
            #[keyed(|n| n % 7), workers(3)]
            stage b = a.window(0, |n, _| *n += 1, count = 4);
            sink s = b.count();
        }
        .spawn();
        quiet().await;
        running.cancel();
        let outcome = live.wait(running).await;
        let b = outcome.report.stage("b").unwrap();
        // 7 or 8 of each key: 4 in the first window, the rest in the next, which only one key fills.
        assert_eq!((b.received, b.done, b.discarded, b.emitted), (50, 32, 18, 8), "\n{}", outcome.report);
        is_cancelled(outcome.result);
    });
}

/// A value for each key, the same at any number of workers and without.
#[test]
fn results() {
    all(|live| async move {
        let of = |key: u64| (0..40u64).filter(move |n| n % 7 == key);
        let sums = map((0..7).map(|key| (key, of(key).sum::<u64>())));
        let firsts = map((0..7).map(|key| (key, key)));
        let lasts = map((0..7).map(|key| (key, of(key).max().unwrap())));
        let every = map((0..7).map(|key| (key, of(key).collect::<Vec<_>>())));
        for workers in 1..4usize {
            let out = live
                .run(pipeline! {
                    source a = 0..40u64;
                    stage (b, c, d, e, f) = a.tee();
                    #[keyed(|n| n % 7), workers(workers)]
                    sink sums: HashMap<u64, u64> = b.fold(0, |sum, n| sum + n);
                    #[keyed(|n| n % 7), workers(workers)]
                    sink most = c.reduce(async |a, b| { tokio::task::yield_now().await; a.max(b) });
                    #[keyed(|n| n % 7), workers(workers), unordered]
                    sink every: HashMap<u64, Vec<_>> = d.collect();
                    #[keyed(|n| n % 7), workers(workers)]
                    sink firsts = e.first();
                    #[keyed(|n| n % 7), workers(workers)]
                    sink lasts = f.last();
                })
                .await;
            let expected = (sums.clone(), lasts.clone(), every.clone(), firsts.clone(), lasts.clone());
            assert_eq!(out.unwrap(), expected, "{workers} workers");
        }
        let out = live
            .run(pipeline! {
                source a = 0..40u64;
                stage (b, c, d, e, f) = a.tee();
                #[keyed(|n| n % 7)]
                sink sums = b.fold(0, async |sum, n| { tokio::task::yield_now().await; sum + n });
                #[keyed(|n| n % 7)]
                sink most = c.reduce(u64::max);
                #[keyed(|n| n % 7)]
                sink every = d.collect::<Vec<_>>();
                #[keyed(|n| n % 7)]
                sink firsts = e.first();
                #[keyed(|n| n % 7)]
                sink lasts = f.last();
            })
            .await;
        assert_eq!(out.unwrap(), (sums, lasts.clone(), every, firsts, lasts));
    });
}

/// `first` reads on for other keys; what comes after the first of a key is filtered.
#[test]
fn first_reads_on() {
    all(|live| async move {
        for workers in 1..3usize {
            let running = pipeline! {
                source a = 0..40u64;
                #[keyed(|n| n % 7), workers(workers)]
                sink s = a.first();
            };
            let outcome = live.wait(running.spawn()).await;
            assert_eq!(outcome.result.unwrap().len(), 7);
            let s = outcome.report.stage("s").unwrap();
            assert_eq!((s.received, s.done, s.filtered), (40, 7, 33), "\n{}", outcome.report);
        }
    });
}

/// Nothing came: no key has a value.
#[test]
fn without_items() {
    all(|live| async move {
        let out = live
            .run(pipeline! {
                source a = std::iter::empty::<u64>();
                #[keyed(|n| n % 7), workers(3)]
                sink s = a.fold(0, |sum, n| sum + n);
            })
            .await;
        assert_eq!(out.unwrap(), HashMap::new());
    });
}

/// Behind a `batch` of a key the result is that key's.
#[test]
fn behind_a_batch() {
    all(|live| async move {
        let expected = map((0..7u64).map(|key| (key, vec![3, if key < 5 { 3 } else { 2 }])));
        for workers in 1..4usize {
            let out = live
                .run(pipeline! {
                    source a = 0..40u64;
                    #[keyed(|n| n % 7), workers(workers)]
                    sink s = a.batch(3).map(|batch: Vec<u64>| batch.len()).collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), expected, "{workers} workers");
        }
    });
}

/// An error in a result's body is the run's.
#[test]
fn an_error() {
    all(|live| async move {
        let failure = live
            .run(pipeline! {
                #![error(Wrong)]
                source a = 0..40u64;
                #[keyed(|n| n % 7), workers(2)]
                sink s = a.fold(0, |sum, n| sum + wrong_at(17, n)?);
            })
            .await
            .unwrap_err();
        assert_eq!((failure.stage(), failure.into_error().ok()), (Some("s"), Some(Wrong::At(17))));
    });
}

/// `forward` in one task, with a state for each key before it.
#[test]
fn forward() {
    all(|live| async move {
        let (tx, mut rx) = channel::<(usize, u64)>(64);
        let out = live
            .run(pipeline! {
                source a = 0..6u64;
                #[keyed(|n| n % 2)]
                sink s = a.enumerate().forward(tx);
                s
            })
            .await;
        assert_eq!(out.unwrap(), 6);
        let mut all = Vec::new();
        while let Some(item) = rx.recv().await {
            all.push(item);
        }
        assert_eq!(all, [(0, 0), (0, 1), (1, 2), (1, 3), (2, 4), (2, 5)]);
    });
}
