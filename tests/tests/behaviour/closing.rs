//! The owner closes, once; with workers, the last one.

use pipeline_runtime::pipeline;

use super::support::*;

#[test]
fn the_end_travels_from_source_to_sink() {
    all(|live| async move {
        let out = live
            .run(pipeline! {
                source a = 0..10u64;
                stage b = a.map(|n| n + 1);
                stage c = b.filter(|n| n % 2 == 0);
                sink s = c.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [2, 4, 6, 8, 10]);
    });
}

#[test]
fn an_empty_source_ends_everything() {
    all(|live| async move {
        let out = live.run(pipeline! {
            source a = Vec::<u64>::new();
            #[workers(3)]
            stage b = a.map(|n| n);
            #[in_flight(3)]
            stage c = b.map(async |n| n);
            stage (d, e) = c.tee();
            sink n = d.count();
            sink first = e.first();
            sink_values(n, first)
        });
        assert_eq!(out.await.unwrap(), (0, None));
    });
}

fn sink_values(n: u64, first: Option<u64>) -> (u64, Option<u64>) {
    (n, first)
}

/// The output of workers stays open while any of them works.
#[test]
fn the_last_worker_closes() {
    both(|live| async move {
        for unordered in [false, true] {
            let (gate, seen, guards) = (Gate::default(), Counter::default(), live.clone());
            let (gate_2, seen_2) = (gate.clone(), seen.clone());
            let body = async move |n: u64| {
                let _guard = guards.guard();
                // One worker is held back; the others find the end of the input.
                if n == 0 {
                    gate_2.pass().await;
                }
                seen_2.add();
                n
            };
            let running = if unordered {
                pipeline! {
                    source a = 0..4u64;
                    #[workers(4), unordered]
                    stage b = a.map(async |n| body(n).await);
                    sink s = b.collect::<Vec<_>>();
                }
                .spawn()
            } else {
                pipeline! {
                    source a = 0..4u64;
                    #[workers(4)]
                    stage b = a.map(async |n| body(n).await);
                    sink s = b.collect::<Vec<_>>();
                }
                .spawn()
            };
            while seen.get() < 3 {
                tokio::task::yield_now().await;
            }
            gate.open();
            let mut all = live.wait(running).await.result.unwrap();
            all.sort_unstable();
            assert_eq!(all, [0, 1, 2, 3]);
        }
    });
}

/// Each output of a statement closes: branches of `route` and `tee`, and rejects.
#[test]
fn all_outputs_close() {
    all(|live| async move {
        let out = live
            .run(pipeline! {
                source a = 0..12u64;
                stage (low, high) = a.route(|n| if n < 6 { low(n) } else { high(n) });
                #[workers(2)]
                stage (left, right) = low.tee();
                stage even = high.map(|n| if n % 2 == 0 { n } else { Err::<u64, _>(Wrong::At(n))? }) else odd;
                sink l = left.count();
                sink r = right.count();
                sink e = even.count();
                sink o = odd.count();
            })
            .await;
        assert_eq!(out.unwrap(), (6, 6, 3, 3));
    });
}

/// A merge ends when all its inputs have ended, not before.
#[test]
fn a_merge_ends_with_its_last_input() {
    both(|live| async move {
        let (tx, rx) = tokio::sync::mpsc::channel::<u64>(4);
        let (seen, mut see) = tokio::sync::mpsc::unbounded_channel();
        let running = pipeline! {
            source a = vec![1u64, 2];
            source b = rx;
            stage c = merge(a, b);
            sink s = c.for_each(|n| seen.send(n).unwrap());
            s
        }
        .spawn();
        live.step("the input that ends at once");
        assert_eq!((see.recv().await, see.recv().await), (Some(1), Some(2)));
        tx.send(3).await.unwrap();
        live.step("the input that goes on");
        assert_eq!(see.recv().await, Some(3));
        drop(tx);
        assert_eq!(live.wait(running).await.result.unwrap(), 3);
    });
}

#[test]
fn a_concat_ends_with_its_last_input() {
    all(|live| async move {
        let out = live
            .run(pipeline! {
                source a = vec![1u64, 2];
                source b = Vec::<u64>::new();
                source c = vec![3u64];
                stage d = concat(a, b, c);
                sink s = d.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [1, 2, 3]);
    });
}

/// The sinks' values are there, and the tail runs, after all sinks have ended.
#[test]
fn the_tail_runs_last() {
    both(|live| async move {
        let (gate, order) = (Gate::default(), Log::default());
        let (gate_2, order_2, order_3) = (gate.clone(), order.clone(), order.clone());
        let running = pipeline! {
            source a = 0..2u64;
            stage (b, c) = a.tee();
            sink quick = b.count();
            sink slow = c.for_each(async |n| { gate_2.pass().await; order_2.push(n); });
            { order_3.push(100 + quick + slow); }
        }
        .spawn();
        gate.open();
        live.wait(running).await.result.unwrap();
        assert_eq!(order.all(), [0, 1, 104]);
    });
}
