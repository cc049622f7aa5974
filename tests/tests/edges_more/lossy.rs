//! `#[lossy(…)]` branches: a full one drops instead of slowing the others.

use pipeline_runtime::{EdgeReport, Report, pipeline};

use crate::support::{
    Counter, Gate, Guard, Live, Log, On, Wrong, all, both, on, paused, quiet, quiet_stream, wrong_at,
};

fn counts(report: &Report, edge: &str) -> [u64; 4] {
    let EdgeReport { sent, received, abandoned, dropped, .. } = *report.edge(edge).unwrap();
    [sent, received, abandoned, dropped]
}

/// One item, when its consumer waits (as far as a runtime can tell), and the rest when that has arrived.
fn one_then(items: u64, arrived: Gate) -> impl futures::Stream<Item = u64> + Send {
    use futures::StreamExt;
    let rest =
        futures::stream::once(async move { arrived.pass().await }).flat_map(move |()| futures::stream::iter(1..items));
    futures::stream::once(async {
        quiet().await;
        0
    })
    .chain(rest)
}

/// What arrives of 100 items when the consumer is at the first one until all have been sent.
macro_rules! held_at_the_first {
    ($runtimes:ident, $lossy:ident, $buffer:expr, $expected:expr, $counts:expr) => {
        $runtimes(|live| async move {
            let (arrived, gate) = (Gate::default(), Gate::default());
            let (here, open, sent) = (arrived.clone(), gate.clone(), Counter::default());
            let pipeline = pipeline! {
                source numbers = one_then(100, arrived);
                #[buffer($buffer)]
                stage (shown, #[lossy($lossy)] view) = numbers.tee();
                sink all = shown.inspect(|n| if sent.add() == 99 { assert_eq!(*n, 99); open.open() }).count();
                sink seen = view.map(async |n| { here.open(); gate.pass().await; n }).collect::<Vec<u64>>();
            };
            let outcome = live.wait(pipeline.spawn()).await;
            assert_eq!(outcome.result.unwrap(), (100, Vec::from($expected)), "\n{}", outcome.report);
            assert_eq!(counts(&outcome.report, "view"), $counts, "\n{}", outcome.report);
            assert_eq!(outcome.report.edge("view").unwrap().capacity, $buffer);
        });
    };
}

#[test]
fn the_oldest_items_give_way() {
    held_at_the_first!(all, drop_oldest, 3, [0, 97, 98, 99], [100, 4, 96, 96]);
}

#[test]
fn the_newest_items_give_way() {
    held_at_the_first!(all, drop_newest, 3, [0, 1, 2, 3], [100, 4, 96, 96]);
}

#[test]
fn a_rendezvous_keeps_nothing_for_a_consumer_that_is_busy() {
    held_at_the_first!(paused, drop_oldest, 0, [0], [100, 1, 99, 99]);
    held_at_the_first!(paused, drop_newest, 0, [0], [100, 1, 99, 99]);
}

#[test]
fn with_room_nothing_is_dropped() {
    both(|live| async move {
        let pipeline = pipeline! {
            source numbers = 0..500u64;
            #[buffer(500)]
            stage (a, #[lossy(drop_newest)] b, #[lossy(drop_oldest)] c) = numbers.tee();
            sink n = a.count();
            sink newest = b.collect::<Vec<u64>>();
            sink oldest = c.collect::<Vec<u64>>();
        };
        let all: Vec<u64> = (0..500).collect();
        let outcome = live.wait(pipeline.spawn()).await;
        assert_eq!(outcome.result.unwrap(), (500, all.clone(), all));
        assert_eq!(counts(&outcome.report, "b"), [500, 500, 0, 0]);
        assert_eq!(counts(&outcome.report, "c"), [500, 500, 0, 0]);
    });
}

#[test]
fn a_consumer_that_never_returns_slows_nobody() {
    both(|live| async move {
        let seen = Counter::default();
        let count = seen.clone();
        let pipeline = pipeline! {
            source numbers = 0..10_000u64;
            #[buffer(2)]
            stage (a, #[lossy(drop_oldest)] b) = numbers.tee();
            sink n = a.inspect(|_| { count.add(); }).count();
            sink stuck = b.for_each(async |_| std::future::pending::<()>().await);
        };
        let running = pipeline.spawn();
        while seen.get() < 10_000 {
            tokio::task::yield_now().await;
        }
        running.cancel();
        let outcome = live.wait(running).await;
        let [sent, received, abandoned, dropped] = counts(&outcome.report, "b");
        assert_eq!((sent, received), (10_000, 1), "\n{}", outcome.report);
        // What was in it is abandoned, and was not dropped by it.
        assert_eq!((abandoned, dropped), (9_999, 9_997), "\n{}", outcome.report);
    });
}

#[test]
fn all_branches_may_be_lossy() {
    both(|live| async move {
        let pipeline = pipeline! {
            source numbers = 0..1000u64;
            #[buffer(1)]
            stage (#[lossy(drop_oldest)] a, #[lossy(drop_newest)] b) = numbers.tee();
            sink last = a.last();
            sink first = b.first();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), (Some(999), Some(0)));
    });
}

#[test]
fn a_branch_that_ends_early_is_closed_and_the_others_go_on() {
    both(|live| async move {
        let pipeline = pipeline! {
            source numbers = 0..3000u64;
            #[buffer(8)]
            stage (a, #[lossy(drop_oldest)] b) = numbers.tee();
            sink n = a.count();
            sink few = b.take(2).count();
        };
        let outcome = live.wait(pipeline.spawn()).await;
        assert_eq!(outcome.result.unwrap(), (3000, 2));
        let [sent, received, abandoned, _] = counts(&outcome.report, "b");
        assert_eq!(sent, received + abandoned);
        assert!(sent < 3000, "\n{}", outcome.report);
    });
}

/// The only consumer is lossy, so the producer has nothing to wait for: it ends all the same when it is not needed.
#[test]
fn the_producer_ends_with_its_last_consumer() {
    both(|live| async move {
        let guard = live.guard();
        let pipeline = pipeline! {
            source numbers = 0u64..;
            stage (#[lossy(drop_oldest)] a, #[lossy(drop_oldest)] b) = numbers.inspect(|_| { let _ = &guard; }).tee();
            sink x = a.take(3).count();
            sink y = b.first();
        };
        let (x, y) = live.run(pipeline).await.unwrap();
        assert_eq!((x, y.is_some()), (3, true));
    });
}

#[test]
fn a_quiet_producer_ends_with_its_last_consumer() {
    both(|live| async move {
        let guard = live.guard();
        let pipeline = pipeline! {
            source numbers = crate::support::then_quiet([1u64, 2, 3], guard);
            stage (#[lossy(drop_newest)] a, b) = numbers.tee();
            sink x = a.take(1).count();
            sink y = b.take(1).count();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), (1, 1));
    });
}

/// A failure is no end: what reads the branch waits for the cancel.
#[test]
fn a_failure_is_no_end() {
    both(|live| async move {
        let ends = Counter::default();
        let ended = ends.clone();
        let pipeline = pipeline! {
            #![error(Wrong)]
            source numbers = 0..100u64;
            stage (a, #[lossy(drop_oldest)] b) = numbers.map(|n| wrong_at(50, n)?).tee();
            sink n = a.count();
            stage passed = b.process(async |input, output| {
                while let Some(n) = input.next().await {
                    output.send(n).await;
                }
                ended.add();
            });
            sink m = passed.count();
        };
        let failure = live.run(pipeline).await.unwrap_err();
        assert_eq!(failure.into_error().unwrap(), Wrong::At(50));
        assert_eq!(ends.get(), 0);
    });
}

#[test]
fn what_was_sent_before_a_failure_is_delivered() {
    paused(|live| async move {
        let seen = Log::default();
        let log = seen.clone();
        let pipeline = pipeline! {
            #![error(Wrong)]
            source numbers = 0..100u64;
            stage checked = numbers.map(|n| wrong_at(50, n)?);
            stage (a, #[lossy(drop_oldest)] b) = checked.tee();
            sink n = a.count();
            sink m = b.for_each(|n| log.push(n));
        };
        live.run(pipeline).await.unwrap_err();
        let seen = seen.all();
        assert!((0..50).collect::<Vec<u64>>().starts_with(&seen), "{seen:?}");
    });
}

#[test]
fn ordered_workers_keep_the_order_of_a_lossy_branch() {
    both(|live| async move {
        let pipeline = pipeline! {
            source numbers = 0..2000u64;
            #[workers(4), buffer(2000)]
            stage (a, #[lossy(drop_oldest)] b) = numbers.filter(|n| n % 3 != 0).tee();
            sink x = a.collect::<Vec<u64>>();
            sink y = b.collect::<Vec<u64>>();
        };
        let kept: Vec<u64> = (0..2000).filter(|n| n % 3 != 0).collect();
        assert_eq!(live.run(pipeline).await.unwrap(), (kept.clone(), kept));
    });
}

#[test]
fn ordered_workers_behind_a_full_branch() {
    both(|live| async move {
        let pipeline = pipeline! {
            source numbers = 0..5000u64;
            #[workers(3), buffer(1)]
            stage (a, #[lossy(drop_oldest)] b) = numbers.tee();
            sink x = a.collect::<Vec<u64>>();
            #[in_flight(2)]
            sink y = b.map(async |n| { tokio::task::yield_now().await; n }).collect::<Vec<u64>>();
        };
        let outcome = live.wait(pipeline.spawn()).await;
        let (x, y) = outcome.result.unwrap();
        assert_eq!(x, (0..5000).collect::<Vec<u64>>());
        assert!(y.is_sorted() && y.last() == Some(&4999), "{y:?}");
        assert_eq!(counts(&outcome.report, "b")[1], y.len() as u64);
    });
}

#[test]
fn unordered_blocking_and_rejecting_workers() {
    on(On::Two, |live| async move {
        let pipeline = pipeline! {
            #![error(Wrong)]
            source numbers = 0..900u64;
            #[workers(3), unordered, buffer(900)]
            stage (a, #[lossy(drop_newest)] b) = numbers.map(|ref n| wrong_at(7, *n)?).tee() else bad;
            #[blocking, buffer(900)]
            stage (c, #[lossy(drop_oldest)] d) = a.tee();
            #[blocking, workers(2), buffer(900)]
            stage (e, #[lossy(drop_oldest)] f) = c.tee();
            sink n = e.count();
            sink m = b.count();
            sink k = d.count();
            sink l = f.count();
            sink failed = bad.count();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), (899, 899, 899, 899, 1));
    });
}

/// All that may read a stream reads a lossy one.
#[test]
fn consumers_of_every_kind() {
    both(|live| async move {
        let pipeline = pipeline! {
            #![buffer(300)]
            source numbers = 0..300u64;
            source others = 0..300u64;
            stage (a, #[lossy(drop_oldest)] b, #[lossy(drop_oldest)] c, #[lossy(drop_newest)] d, #[lossy(drop_newest)] e,
                #[lossy(drop_newest)] f, #[lossy(drop_newest)] g) = numbers.tee();
            sink plain = a.count();
            #[workers(3)]
            stage worked = b.map(|n| n);
            stage pairs = zip(worked, c, others).map(|(x, y, z)| (x == y && y == z) as u64);
            sink equal = pairs.fold(0, |sum, n| sum + n);
            sink both = concat(d, e).count();
            #[workers(2), keyed(|n| n % 3)]
            stage keyed = f.map(|n| n);
            sink merged = merge(keyed, weak g).count();
        };
        let (plain, equal, both, merged) = live.run(pipeline).await.unwrap();
        assert_eq!((plain, equal, both), (300, 300, 600));
        assert!((300..=600).contains(&merged));
    });
}

#[test]
fn zip_of_a_lossy_branch_waits_for_both_sides() {
    paused(|live| async move {
        let (gate, open) = (Gate::default(), Gate::default());
        let (pass, opened) = (gate.clone(), open.clone());
        let pipeline = pipeline! {
            source numbers = 0..50u64;
            #[buffer(4)]
            stage (a, #[lossy(drop_oldest)] b) = numbers.tee();
            sink n = a.inspect(|n| if *n == 49 { opened.open() }).count();
            source late = futures::stream::once(async move { pass.pass().await; 'x' });
            sink pair = zip(b, late).first();
        };
        let running = pipeline.spawn();
        open.pass().await;
        gate.open();
        let (n, pair) = live.wait(running).await.result.unwrap();
        assert_eq!((n, pair), (50, Some((46, 'x'))));
    });
}

#[test]
fn dropped_items_are_dropped_at_once() {
    struct Held(std::sync::Arc<Guard>);
    impl Clone for Held {
        fn clone(&self) -> Self {
            Held(self.0.clone())
        }
    }
    paused(|live: Live| async move {
        let (gate, items) = (Gate::default(), live.clone());
        let (pass, seen) = (gate.clone(), Counter::default());
        let count = seen.clone();
        let pipeline = pipeline! {
            source items = (0..100).map(move |_| Held(std::sync::Arc::new(items.guard())));
            #[buffer(5)]
            stage (a, #[lossy(drop_newest)] b) = items.tee();
            sink n = a.inspect(|_| { count.add(); }).count();
            sink m = b.map(async |item| { pass.pass().await; item }).count();
        };
        let running = pipeline.spawn();
        while seen.get() < 100 {
            tokio::task::yield_now().await;
        }
        quiet().await;
        assert!(live.count() <= 6, "{} items are alive", live.count());
        gate.open();
        live.wait(running).await.result.unwrap();
    });
}

#[test]
fn a_cancel_ends_it() {
    both(|live| async move {
        let guard = live.guard();
        let pipeline = pipeline! {
            source numbers = quiet_stream::<u64>(guard);
            stage (a, #[lossy(drop_oldest)] b) = numbers.tee();
            sink n = a.count();
            sink m = b.count();
        };
        let running = pipeline.spawn();
        running.cancel();
        crate::support::is_cancelled(live.wait(running).await.result);
    });
}

type Length = std::sync::Arc<dyn for<'a> Fn(&'a str) -> usize + Send + Sync>;

#[test]
fn items_that_hold_trait_objects() {
    both(|live| async move {
        let pipeline = pipeline! {
            source lengths = (0..50usize).map(|n| -> Length { std::sync::Arc::new(move |text: &str| text.len() + n) });
            source words: &'static str = std::iter::repeat_n("word", 50);
            #[workers(2), buffer(50)]
            stage (a, #[lossy(drop_oldest)] b, #[lossy(drop_newest)] c) = lengths.map(|length| length).tee();
            #[workers(2)]
            stage applied = zip(b, words).map(|(length, word)| length(word));
            #[workers(2), keyed(|length| length("") % 2)]
            stage keyed = merge(a, weak c).map(|length| length(""));
            sink sum = applied.fold(0, |sum, n| sum + n);
            sink n = keyed.count();
        };
        let (sum, n) = live.run(pipeline).await.unwrap();
        assert_eq!(sum, (0..50).sum::<usize>() + 50 * 4);
        assert!((50..=100).contains(&n));
    });
}

/// In a fragment, and as what comes out of one.
#[test]
fn in_a_fragment() {
    all(|live| async move {
        let flow = pipeline! {
            source numbers = input;
            #[buffer(1)]
            stage (kept, #[lossy(drop_newest)] view) = numbers.tee();
            source more = futures::stream::pending::<u64>();
            sink last = view.discard();
            sink out = merge(kept, weak more).output();
        };
        let pipeline = pipeline! {
            source first = 0..10u64;
            source numbers = 0..500u64;
            stage passed = numbers.via(flow);
            sink n = passed.count();
            sink m = first.count();
        };
        let outcome = live.wait(pipeline.spawn()).await;
        assert_eq!(outcome.result.unwrap(), (500, 10));
        let view = outcome.report.edges.iter().find(|edge| edge.name.ends_with("view")).unwrap();
        assert_eq!((view.sent, view.received + view.dropped), (500, 500), "\n{}", outcome.report);

        let flow = pipeline! {
            source numbers = input;
            stage (kept, #[lossy(drop_newest)] view) = numbers.tee();
            sink all = kept.discard();
            sink out = view.output();
        };
        let pipeline = pipeline! {
            #![buffer(600)]
            source numbers = 0..500u64;
            stage passed = numbers.via(flow);
            sink n = passed.count();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), 500);
    });
}

#[test]
fn the_graph_and_the_report_show_it() {
    let pipeline = pipeline! {
        source numbers = 0..3;
        stage (a, #[lossy(drop_oldest)] b) = numbers.tee();
        sink n = a.count();
        sink m = b.count();
    };
    let graph = pipeline.graph();
    let lossy: Vec<_> = graph.edges.iter().map(|edge| edge.lossy).collect();
    assert_eq!(lossy, [None, None, Some("drop_oldest")]);
    assert!(graph.to_string().contains("a, b lossy(drop_oldest)"), "{graph}");
    assert!(graph.to_mermaid().contains("b lossy(drop_oldest)"), "{}", graph.to_mermaid());
}
