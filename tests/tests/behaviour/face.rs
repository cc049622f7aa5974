//! `Group`, `channel`, `process`, the graph, settings that cannot be.

use std::time::Duration;

use pipeline_runtime::{
    BoxError, Cause, EdgeKind, Group, Pipeline, Receiver, StageKind, StageState, TryNext, channel, pipeline,
};

use super::support::*;

mod group {
    use super::*;

    fn waits(live: &Live, gate: &Gate, value: u64) -> Pipeline<u64, Wrong> {
        let (guards, gate) = (live.clone(), gate.clone());
        pipeline! {
            #![error(Wrong)]
            source a = 0..1u64;
            sink s = a.map(async |_| { let _guard = guards.guard(); gate.pass().await; value }).fold(0, |s, n| s + n);
        }
    }

    fn fails(at: u64) -> Pipeline<u64, Wrong> {
        pipeline! {
            #![error(Wrong)]
            source a = 0..100u64;
            sink s = a.map(|n| wrong_at(at, n)?).count();
        }
    }

    #[test]
    fn values_in_the_order_of_their_start() {
        all(|live| async move {
            let gates = [0; 3].map(|_| Gate::default());
            let mut group = Group::new();
            for (value, gate) in gates.iter().enumerate() {
                group.spawn(waits(&live, gate, value as u64));
            }
            for gate in gates.iter().rev() {
                gate.open();
                for _ in 0..10 {
                    tokio::task::yield_now().await;
                }
            }
            assert_eq!(group.wait().await.unwrap(), [0, 1, 2]);
            assert_eq!(live.count(), 0);
        });
    }

    /// The first failure cancels the others, and is what comes out.
    #[test]
    fn the_first_failure_cancels_the_others() {
        all(|live| async move {
            let never = Gate::default();
            let mut group = Group::new();
            group.spawn(waits(&live, &never, 1));
            group.spawn(fails(7));
            group.spawn(waits(&live, &never, 2));
            let failure = group.wait().await.unwrap_err();
            assert!(matches!(failure.cause(), Cause::Error(Wrong::At(7))), "{failure}");
            assert_eq!(failure.stage(), Some("s"));
            assert_eq!(live.count(), 0, "the others have ended");
        });
    }

    /// A panic likewise.
    #[test]
    fn a_panic_cancels_the_others() {
        all(|live| async move {
            let never = Gate::default();
            let mut group = Group::new();
            group.spawn(waits(&live, &never, 1));
            group.spawn(pipeline! {
                #![error(Wrong)]
                source a = 0..9u64;
                sink s = a.map(|n| if n == 2 { panic!("two") } else { n }).count();
            });
            let failure = group.wait().await.unwrap_err();
            assert!(matches!(failure.cause(), Cause::Panic(message) if message == "two"), "{failure}");
            assert_eq!(live.count(), 0);
        });
    }

    #[test]
    fn cancel_shutdown_and_drop() {
        all(|live| async move {
            let (never, gate) = (Gate::default(), Gate::default());
            let mut group = Group::new();
            group.spawn(waits(&live, &never, 1));
            group.spawn(waits(&live, &never, 2));
            group.cancel();
            is_cancelled(group.wait().await);
            assert_eq!(live.count(), 0);

            let mut group = Group::default();
            for _ in 0..2 {
                let guard = live.guard();
                group.spawn(pipeline! {
                    #![error(Wrong)]
                    source a = quiet_stream::<u64>(guard);
                    sink s = a.count();
                });
            }
            group.shutdown();
            assert_eq!(group.wait().await.unwrap(), [0, 0]);

            let mut group = Group::new();
            group.spawn(waits(&live, &gate, 1));
            while live.count() == 0 {
                tokio::task::yield_now().await;
            }
            drop(group);
            live.settled().await;

            let mut group = Group::new();
            group.spawn(waits(&live, &gate, 1));
            {
                let mut wait = std::pin::pin!(group.wait());
                while live.count() == 0 {
                    let poll = wait.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
                    assert!(poll.is_pending());
                    tokio::task::yield_now().await;
                }
            }
            live.settled().await;
        });
    }

    #[test]
    fn without_members() {
        all(|_| async move { assert_eq!(Group::<u64>::new().wait().await.unwrap(), Vec::<u64>::new()) });
    }
}

mod channels {
    use super::*;

    #[test]
    fn item_empty_closed() {
        all(|_| async move {
            for capacity in [1usize, 3, 64] {
                let (mut tx, mut rx) = channel::<u64>(capacity);
                assert_eq!(rx.try_next(), TryNext::Empty);
                tx.send(1).await.unwrap();
                assert_eq!(rx.try_next(), TryNext::Item(1));
                assert_eq!(rx.try_next(), TryNext::Empty);
                tx.send(2).await.unwrap();
                drop(tx);
                assert_eq!(rx.try_next(), TryNext::Item(2));
                assert_eq!((rx.try_next(), rx.try_next()), (TryNext::Closed, TryNext::Closed));
                assert_eq!(rx.next().await, None);
            }
        });
    }

    #[test]
    fn drain_ready_is_what_is_there_now() {
        all(|_| async move {
            let (mut tx, mut rx) = channel::<u64>(16);
            assert_eq!(rx.drain_ready().count(), 0);
            for n in 0..10 {
                tx.send(n).await.unwrap();
            }
            assert_eq!(rx.drain_ready().take(3).collect::<Vec<_>>(), [0, 1, 2], "a part leaves the rest");
            assert_eq!(rx.drain_ready().collect::<Vec<_>>(), (3..10).collect::<Vec<_>>());
            assert_eq!(rx.drain_ready().count(), 0);
            tx.send(10).await.unwrap();
            drop(tx);
            assert_eq!(rx.drain_ready().collect::<Vec<_>>(), [10]);
            assert_eq!(rx.try_next(), TryNext::Closed);
        });
    }

    /// The capacity is exact, and a send waits.
    #[test]
    fn capacity() {
        paused(|_| async move {
            for capacity in [1usize, 2, 3, 64, 500] {
                let (mut tx, mut rx) = channel::<u64>(capacity);
                let sent = Counter::default();
                let sent_2 = sent.clone();
                let sender = tokio::spawn(async move {
                    for n in 0..1000 {
                        tx.send(n).await.unwrap();
                        sent_2.add();
                    }
                });
                quiet().await;
                assert_eq!(sent.get(), capacity);
                for n in 0..5 {
                    assert_eq!(rx.next().await, Some(n as u64));
                    quiet().await;
                    assert_eq!(sent.get(), capacity + n + 1);
                }
                drop(rx);
                assert!(sender.await.unwrap_err().is_panic());
            }
        });
    }

    /// With capacity 0 a send meets a receive.
    #[test]
    fn rendezvous() {
        paused(|_| async move {
            let (mut tx, mut rx) = channel::<u64>(0);
            let sent = Counter::default();
            let sent_2 = sent.clone();
            let sender = tokio::spawn(async move {
                for n in 0..3 {
                    tx.send(n).await.unwrap();
                    sent_2.add();
                }
            });
            quiet().await;
            assert_eq!(sent.get(), 0, "nobody receives");
            for n in 0..3 {
                assert_eq!(rx.next().await, Some(n));
                quiet().await;
                assert_eq!(sent.get(), n as usize + 1);
            }
            sender.await.unwrap();
            assert_eq!(rx.next().await, None);
        });
    }

    /// The item comes back when nobody receives any more.
    #[test]
    fn a_closed_channel_gives_the_item_back() {
        all(|_| async move {
            let (mut tx, rx) = channel::<u64>(1);
            drop(rx);
            assert_eq!(tx.send(4).await.unwrap_err().0, 4);
            let (mut tx, mut rx) = channel::<u64>(1);
            tx.send(1).await.unwrap();
            let waits = tokio::spawn(async move { tx.send(2).await });
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            rx.close();
            assert_eq!(waits.await.unwrap().unwrap_err().0, 2);
            assert_eq!((rx.next().await, rx.next().await), (Some(1), None));
        });
    }

    /// A wait that is dropped has taken nothing; a send that is dropped has sent nothing.
    #[test]
    fn cancel_safe() {
        both(|_| async move {
            let (mut tx, mut rx) = channel::<u64>(1);
            let feeder = tokio::spawn(async move {
                for n in 0..500 {
                    loop {
                        tokio::select! {
                            biased;
                            () = tokio::task::yield_now() => continue,
                            sent = tx.send(n) => { sent.unwrap(); break }
                        }
                    }
                }
            });
            let mut seen = Vec::new();
            loop {
                tokio::select! {
                    biased;
                    () = tokio::task::yield_now() => {}
                    item = rx.next() => match item { Some(n) => seen.push(n), None => break },
                }
            }
            feeder.await.unwrap();
            assert_eq!(seen, (0..500).collect::<Vec<_>>());
        });
    }

    /// As a `Stream`, and as a source.
    #[test]
    fn as_stream_and_source() {
        all(|live| async move {
            let feed = || -> Receiver<u64> {
                let (mut tx, rx) = channel(2);
                tokio::spawn(async move {
                    for n in 0..20 {
                        tx.send(n).await.unwrap();
                    }
                });
                rx
            };
            let items: Vec<u64> = futures::StreamExt::collect(feed()).await;
            assert_eq!(items, (0..20).collect::<Vec<_>>());
            let rx = feed();
            let out = live.run(pipeline! { source a = rx; sink s = a.collect::<Vec<_>>(); });
            assert_eq!(out.await.unwrap(), items);
        });
    }
}

mod process {
    use super::*;

    #[test]
    fn item_empty_closed() {
        paused(|live| async move {
            let (tx, rx) = tokio::sync::mpsc::channel::<u64>(8);
            let (go, log) = (Gate::default(), Log::default());
            let (go_2, log_2) = (go.clone(), log.clone());
            let running = pipeline! {
                source a = rx;
                stage b = a.process(async |input, output| {
                    loop {
                        go_2.pass().await;
                        let next = input.try_next();
                        log_2.push(next);
                        match next {
                            TryNext::Item(n) => output.send(n).await,
                            TryNext::Empty => {}
                            TryNext::Closed => break,
                        }
                    }
                });
                sink s = b.collect::<Vec<_>>();
            }
            .spawn();
            quiet().await;
            go.let_through(1);
            quiet().await;
            assert_eq!(log.all(), [TryNext::Empty]);
            tx.send(5).await.unwrap();
            quiet().await;
            go.let_through(2);
            quiet().await;
            assert_eq!(log.all()[1..], [TryNext::Item(5), TryNext::Empty]);
            drop(tx);
            quiet().await;
            go.let_through(1);
            assert_eq!(live.wait(running).await.result.unwrap(), [5]);
            assert_eq!(log.all()[3..], [TryNext::Closed]);
        });
    }

    /// What is there now, as one batch; then it waits for the next.
    #[test]
    fn drain_ready() {
        paused(|live| async move {
            let (tx, rx) = tokio::sync::mpsc::channel::<u64>(8);
            let go = Gate::default();
            let go_2 = go.clone();
            let (seen, mut see) = tokio::sync::mpsc::unbounded_channel();
            let running = pipeline! {
                source a = rx;
                stage b = a.process(async |input, output| {
                    while let Some(first) = input.next().await {
                        go_2.pass().await;
                        let mut batch = vec![first];
                        batch.extend(input.drain_ready());
                        output.send(batch).await;
                    }
                });
                sink s = b.for_each(|batch: Vec<u64>| seen.send(batch).unwrap());
                s
            }
            .spawn();
            for n in 0..5 {
                tx.send(n).await.unwrap();
            }
            quiet().await;
            go.let_through(1);
            assert_eq!(see.recv().await, Some(vec![0, 1, 2, 3, 4]));
            tx.send(5).await.unwrap();
            quiet().await;
            go.let_through(1);
            assert_eq!(see.recv().await, Some(vec![5]));
            drop(tx);
            assert_eq!(live.wait(running).await.result.unwrap(), 2);
        });
    }

    /// Cancel-safe in a `select!`: an item is not lost, and a timer works beside it.
    #[test]
    fn in_a_select() {
        both(|live| async move {
            for buffer in [0usize, 1, 16] {
                let out = live
                    .run(pipeline! {
                        #![buffer(buffer)]
                        source a = 0..300u64;
                        stage b = a.process(async |input, output| {
                            loop {
                                tokio::select! {
                                    biased;
                                    () = tokio::task::yield_now() => {}
                                    next = input.next() => match next {
                                        Some(n) => output.send(n).await,
                                        None => break,
                                    },
                                }
                            }
                        });
                        sink s = b.collect::<Vec<_>>();
                    })
                    .await;
                assert_eq!(out.unwrap(), (0..300).collect::<Vec<_>>());
            }
        });
    }

    /// A send that is dropped before it was accepted has sent nothing, and is counted.
    #[test]
    fn a_send_that_is_dropped() {
        paused(|live| async move {
            let gate = Gate::default();
            let gate_2 = gate.clone();
            let running = pipeline! {
                source a = 0..1u64;
                #[buffer(1)]
                stage b = a.process(async |input, output| {
                    input.next().await;
                    let mut accepted = 0;
                    for n in 0..5u64 {
                        if tokio::time::timeout(Duration::from_secs(1), output.send(n)).await.is_ok() { accepted += 1; }
                    }
                    assert_eq!(accepted, 2);
                });
                sink s = b.for_each(async |_| gate_2.pass().await);
                s
            }
            .spawn();
            tokio::time::sleep(Duration::from_secs(10)).await;
            gate.open();
            let outcome = live.wait(running).await;
            assert_eq!(outcome.result.unwrap(), 2);
            let edge = outcome.report.edge("b").unwrap();
            assert_eq!((edge.sent, edge.received, edge.abandoned), (5, 2, 3));
        });
    }

    /// It can produce without input, hold state, end late, and fail with `?`.
    #[test]
    fn a_loop_of_one_s_own() {
        all(|live| async move {
            let out = live
                .run(pipeline! {
                    source a = vec!["1", "2", "30"];
                    stage b: u64 = a.process(async |input, output| {
                        let mut sum = 0;
                        output.send(100).await;
                        while let Some(text) = input.next().await { sum += text.parse::<u64>()?; }
                        output.send(sum).await;
                    });
                    sink s = b.collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), [100, 33]);
        });
    }

    /// A shutdown lets it finish its input; it sees the end.
    #[test]
    fn on_shutdown() {
        paused(|live| async move {
            let guard = live.guard();
            let running = pipeline! {
                source a = then_quiet(0..5u64, guard);
                stage b = a.process(async |input, output| {
                    let mut count = 0u64;
                    while input.next().await.is_some() { count += 1; }
                    output.send(count).await;
                });
                sink s = b.last();
            }
            .spawn();
            quiet().await;
            running.shutdown();
            assert_eq!(live.wait(running).await.result.unwrap(), Some(5));
        });
    }

    /// A loop over `try_next` that never waits cannot keep other tasks out for ever: it is the user's, but it sees the
    /// cancel at its next await.
    #[test]
    fn a_spin_with_an_await_ends() {
        all(|live| async move {
            let (guards, up) = (live.clone(), Counter::default());
            let up_2 = up.clone();
            let running = pipeline! {
                source a = futures::stream::pending::<u64>();
                stage b = a.process(async |input, output| {
                    let _guard = guards.guard();
                    loop {
                        if let TryNext::Item(n) = input.try_next() { output.send(n).await; }
                        up_2.add();
                        tokio::task::yield_now().await;
                    }
                });
                sink s = b.count();
            }
            .spawn();
            while up.get() < 10 {
                tokio::task::yield_now().await;
            }
            running.cancel();
            is_cancelled(live.wait(running).await.result);
        });
    }
}

mod config {
    use super::*;

    fn of(
        workers: usize,
        batch: usize,
        in_flight: usize,
        buffer: i64,
        deadline: Duration,
        ran: Counter,
    ) -> Pipeline<u64, BoxError> {
        pipeline! {
            #![name = "cfg"]
            #![deadline(deadline)]
            source a = { ran.add(); 0..10u64 };
            #[workers(workers), buffer(buffer)]
            stage b = a.map(|n| n);
            #[in_flight(in_flight)]
            stage c = b.map(async |n| n);
            sink s = c.batch(batch).count();
        }
    }

    #[test]
    fn values_that_cannot_be() {
        all(|live| async move {
            let hour = Duration::from_secs(3600);
            for (number, (workers, batch, in_flight, buffer, deadline)) in [
                (0, 1, 1, 1, hour),
                (1, 0, 1, 1, hour),
                (1, 1, 0, 1, hour),
                (1, 1, 1, -1, hour),
                (1, 1, 1, 1, Duration::ZERO),
            ]
            .into_iter()
            .enumerate()
            {
                let ran = Counter::default();
                let outcome = live.wait(of(workers, batch, in_flight, buffer, deadline, ran.clone()).spawn()).await;
                assert_eq!(ran.get(), 0, "{number}: something was started");
                assert!(outcome.report.stages.iter().all(|stage| stage.state == StageState::Waiting));
                let failure = outcome.result.unwrap_err();
                assert!(matches!(failure.cause(), Cause::Config(_)), "{number}: {failure}");
                assert!(failure.to_string().starts_with("pipeline `cfg` is not set up right: "), "{failure}");
                assert_eq!(failure.to_string().lines().count(), 1);
            }
            assert_eq!(live.run(of(1, 1, 1, 0, hour, Counter::default())).await.unwrap(), 10);
        });
    }

    /// Once, when the pipeline is built, in written order.
    #[test]
    fn settings_are_evaluated_once_in_order() {
        all(|live| async move {
            let log = Log::default();
            let note = |name: &'static str, value: usize| {
                log.push(name);
                value
            };
            let pipeline = pipeline! {
                #![buffer(note("pipeline", 4))]
                let size = note("let", 2);
                source a = 0..10u64;
                #[workers(note("workers", 3)), buffer(note("buffer", 1))]
                stage b = a.map(|n| n);
                #[in_flight(note("in flight", 2))]
                sink s = b.map(async |n| n).skip(note("skip", 1)).take(note("take", 3)).batch(note("batch", size)).collect::<Vec<Vec<u64>>>();
            };
            let expected = ["pipeline", "let", "workers", "buffer", "in flight", "skip", "take", "batch"];
            let mut sorted = log.all();
            sorted.sort_unstable();
            let mut wanted = expected.to_vec();
            wanted.sort_unstable();
            assert_eq!(sorted, wanted, "each once");
            assert_eq!(log.all()[2..], expected[2..], "in written order");
            assert_eq!(live.run(pipeline).await.unwrap(), [vec![1, 2], vec![3]]);
        });
    }
}

mod graph {
    use super::*;

    pipeline! {
        /// Documented.
        fn load(limit: u64, workers: usize) -> Pipeline<(u64, u64), Wrong> {
            source lines = 0..limit;
            #[workers(workers)]
            stage records = lines.map(|n| wrong_at(n / 7 * 7, n)?) else rejects;
            #[buffer(3)]
            stage (even, odd) = records.route(|n| if n % 2 == 0 { even(n) } else { odd(n) });
            stage all = merge(even, odd);
            sink stored = all.batch(5, 2s).fold(0, |n, batch: Vec<u64>| n + batch.len() as u64);
            sink rejected = rejects.count();
        }
    }

    #[test]
    fn is_data() {
        assert_eq!(LOAD_GRAPH.name, "load");
        let stages: Vec<_> = LOAD_GRAPH.stages.iter().map(|stage| (stage.name, stage.kind)).collect();
        assert_eq!(
            stages,
            [
                ("lines", StageKind::Source),
                ("records", StageKind::Stage),
                ("even", StageKind::Stage),
                ("all", StageKind::Stage),
                ("stored", StageKind::Sink),
                ("rejected", StageKind::Sink)
            ]
        );
        let edges: Vec<_> = LOAD_GRAPH
            .edges
            .iter()
            .map(|edge| (edge.name, LOAD_GRAPH.stages[edge.from].name, LOAD_GRAPH.stages[edge.to].name, edge.buffer))
            .collect();
        assert_eq!(edges.len(), 6);
        for edge in [
            ("lines", "lines", "records", None),
            ("records", "records", "even", None),
            ("rejects", "records", "rejected", None),
            ("even", "even", "all", Some("3")),
            ("odd", "even", "all", Some("3")),
            ("all", "all", "stored", None),
        ] {
            assert!(edges.contains(&edge), "{edge:?} of {edges:?}");
        }
        assert_eq!(LOAD_GRAPH.edges.iter().filter(|edge| edge.kind == EdgeKind::Rejects).count(), 1);
        assert_eq!(LOAD_GRAPH.stages[1].policies[0].name, "workers");
        assert_eq!(LOAD_GRAPH.stages[1].policies[0].value, "workers");
        assert_eq!(LOAD_GRAPH.stages[4].operators[0], "batch(5, 2s)");
    }

    #[test]
    fn is_drawn() {
        let mermaid = LOAD_GRAPH.to_mermaid();
        assert!(mermaid.contains("\nflowchart "), "{mermaid}");
        let dot = LOAD_GRAPH.to_dot();
        assert!(dot.starts_with("digraph"), "{dot}");
        let text = LOAD_GRAPH.to_string();
        for name in ["lines", "records", "even", "all", "stored", "rejected"] {
            for drawing in [&mermaid, &dot, &text] {
                assert!(drawing.contains(name), "{name}: {drawing}");
            }
        }
    }

    #[test]
    fn is_that_of_the_pipeline() {
        all(|live| async move {
            let pipeline = load(70, 2);
            assert_eq!((pipeline.name(), pipeline.graph()), ("load", &LOAD_GRAPH));
            let outcome = live.wait(pipeline.spawn()).await;
            let names: Vec<_> = outcome.report.stages.iter().map(|stage| stage.name.as_str()).collect();
            assert_eq!(names, LOAD_GRAPH.stages.iter().map(|stage| stage.name).collect::<Vec<_>>());
            assert_eq!(outcome.result.unwrap(), (60, 10));
        });
    }

    #[test]
    fn names() {
        let line = line!() + 1;
        let unnamed = pipeline! { source a = 0..1u64; sink s = a.count(); };
        assert!(unnamed.name().ends_with(&format!("face.rs:{line}")), "{}", unnamed.name());
        drop(unnamed);
        let named = pipeline! { #![name = "x"] source a = 0..1u64; sink s = a.count(); };
        assert_eq!(named.name(), "x");
        drop(named);
    }
}
