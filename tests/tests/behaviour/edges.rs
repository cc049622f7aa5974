//! An edge is bounded in items, exactly; 0 is a rendezvous.

use pipeline_runtime::pipeline;

use super::support::*;

/// What a source may have given while the sink stands still at its first item: what the edge holds, and that one item.
#[test]
fn a_source_is_so_far_ahead() {
    paused(|live| async move {
        for buffer in [0usize, 1, 2, 3, 7, 64, 1000] {
            let (gate, made) = (Gate::default(), Counter::default());
            let (gate_2, made_2) = (gate.clone(), made.clone());
            let running = pipeline! {
                #[buffer(buffer)]
                source a = (0..3000u64).inspect(move |_| { made_2.add(); });
                sink s = a.for_each(async |_| gate_2.pass().await);
                s
            }
            .spawn();
            quiet().await;
            assert_eq!(made.get(), buffer + 1, "buffer {buffer}");
            for n in 2..20 {
                gate.let_through(1);
                quiet().await;
                assert_eq!(made.get(), buffer + n, "buffer {buffer}");
            }
            let edge = running.report().edge("a").unwrap().clone();
            assert_eq!((edge.capacity, edge.sent), (buffer, buffer as u64 + 19));
            gate.open();
            assert_eq!(live.wait(running).await.result.unwrap(), 3000);
        }
    });
}

/// A stage: what its edge holds, the sink's item, and one that it has in hand.
#[test]
fn a_stage_is_so_far_ahead() {
    paused(|live| async move {
        for buffer in [0usize, 1, 2, 3, 7, 64] {
            let (gate, made) = (Gate::default(), Counter::default());
            let (gate_2, made_2) = (gate.clone(), made.clone());
            let running = pipeline! {
                source a = 0..3000u64;
                #[buffer(buffer)]
                stage b = a.map(|n| { made_2.add(); n });
                sink s = b.for_each(async |_| gate_2.pass().await);
                s
            }
            .spawn();
            quiet().await;
            assert_eq!(made.get(), buffer + 2, "buffer {buffer}");
            assert_eq!(running.report().edge("b").unwrap().sent, buffer as u64 + 1);
            gate.open();
            assert_eq!(live.wait(running).await.result.unwrap(), 3000);
        }
    });
}

/// Over several stages, all edges rendezvous: one item per stage.
#[test]
fn a_chain_of_rendezvous() {
    paused(|live| async move {
        let (gate, made) = (Gate::default(), Counter::default());
        let (gate_2, made_2) = (gate.clone(), made.clone());
        let running = pipeline! {
            #![buffer(0)]
            source a = (0..30u64).inspect(move |_| { made_2.add(); });
            stage b = a.map(|n| n);
            stage c = b.filter(|_| true);
            sink s = c.for_each(async |_| gate_2.pass().await);
            s
        }
        .spawn();
        quiet().await;
        assert!((2..=3).contains(&made.get()), "{}", made.get());
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), 30);
    });
}

/// On any runtime: never further ahead than that.
#[test]
fn never_further_ahead() {
    both(|live| async move {
        for buffer in [0usize, 1, 2, 3, 64] {
            let (made, taken, most) = (Counter::default(), Counter::default(), Counter::default());
            let (made_2, taken_2, taken_3, most_2) = (made.clone(), taken.clone(), taken.clone(), most.clone());
            let out = live
                .run(pipeline! {
                    #[buffer(buffer)]
                    source a = (0..5000u64).inspect(move |_| {
                        let ahead = made_2.add() + 1 - taken_2.get();
                        most_2.at_least(ahead);
                    });
                    sink s = a.for_each(|_| { taken_3.add(); });
                    s
                })
                .await;
            assert_eq!((out.unwrap(), taken.get()), (5000, 5000));
            assert!(most.get() <= buffer + 1, "{} ahead at buffer {buffer}", most.get());
        }
    });
}

/// Workers share one edge: its bound is theirs together, and one item in each worker's hand.
#[test]
fn workers_are_so_far_ahead() {
    paused(|live| async move {
        for unordered in [false, true] {
            for buffer in [0usize, 1, 3] {
                let gate = Gate::default();
                let gate_2 = gate.clone();
                let running = if unordered {
                    pipeline! {
                        source a = 0..3000u64;
                        #[buffer(buffer), workers(3), unordered]
                        stage b = a.map(|n| n);
                        sink s = b.for_each(async |_| gate_2.pass().await);
                        s
                    }
                    .spawn()
                } else {
                    pipeline! {
                        source a = 0..3000u64;
                        #[buffer(buffer), workers(3)]
                        stage b = a.map(|n| n);
                        sink s = b.for_each(async |_| gate_2.pass().await);
                        s
                    }
                    .spawn()
                };
                quiet().await;
                let edge = running.report().edge("b").unwrap().clone();
                assert_eq!(edge.sent, buffer as u64 + 1, "{unordered}");
                gate.open();
                assert_eq!(live.wait(running).await.result.unwrap(), 3000);
            }
        }
    });
}

/// The pipeline's own buffer, and a statement's that goes before it; all branches have the statement's.
#[test]
fn which_buffer() {
    all(|live| async move {
        let size = 5usize;
        let outcome = live
            .wait(
                pipeline! {
                    #![buffer(7)]
                    source a = 0..3u64;
                    #[buffer(size * 2)]
                    stage (b, c) = a.tee();
                    #[buffer(0)]
                    stage d = b.map(|n| n);
                    sink s = c.count();
                    sink t = d.count();
                }
                .spawn(),
            )
            .await;
        let of = |name| outcome.report.edge(name).unwrap().capacity;
        assert_eq!([of("a"), of("b"), of("c"), of("d")], [7, 10, 10, 0]);
        assert_eq!(outcome.result.unwrap(), (3, 3));
    });
}

/// Back-pressure goes through `tee`: the slower branch decides.
#[test]
fn the_slower_branch_of_a_tee_decides() {
    paused(|live| async move {
        let (gate, seen) = (Gate::default(), Counter::default());
        let (gate_2, seen_2) = (gate.clone(), seen.clone());
        let running = pipeline! {
            #![buffer(2)]
            source a = 0..100u64;
            stage (b, c) = a.tee();
            sink fast = b.for_each(|_| { seen_2.add(); });
            sink slow = c.for_each(async |_| gate_2.pass().await);
            (fast, slow)
        }
        .spawn();
        quiet().await;
        // One in the slow sink's hand, two in its edge, and no more for the fast one.
        assert_eq!(seen.get(), 3);
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), (100, 100));
    });
}

/// A join behind a `tee`, with the smallest edges: waiting for one branch never keeps the other from being served.
#[test]
fn joins_behind_forks_do_not_hang() {
    all(|live| async move {
        for buffer in [0usize, 1, 2] {
            let out = live
                .run(pipeline! {
                    #![buffer(buffer)]
                    source a = 0..200u64;
                    stage (b, c, d) = a.tee();
                    stage e = b.map(|n| n + 1);
                    stage f = c.map(|n| n + 2);
                    stage g = zip(f, e, d).map(|(f, e, d)| f + e + d);
                    stage (h, i) = g.route(|n| if n % 2 == 0 { h(n) } else { i(n) });
                    stage j = merge(h, i);
                    sink s = j.count();
                })
                .await;
            assert_eq!(out.unwrap(), 200, "buffer {buffer}");
        }
    });
}
