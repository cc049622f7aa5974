//! `merge(a, weak b)`: ends with its inputs that are not weak.

use futures::StreamExt;
use pipeline_runtime::pipeline;

use crate::support::{Counter, Gate, Live, Log, Wrong, both, paused, quiet_stream, then_quiet, wrong_at};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Ev {
    Frame(u64),
    Push(u64),
}

#[test]
fn a_quiet_weak_input_keeps_nothing_alive() {
    both(|live| async move {
        let guard = live.guard();
        let pipeline = pipeline! {
            source frames = 0..100u64;
            source pushes = then_quiet([7u64], guard);
            sink all = merge(Ev::Frame(frames), weak Ev::Push(pushes)).collect::<Vec<Ev>>();
        };
        let all = live.run(pipeline).await.unwrap();
        let frames: Vec<Ev> = all.iter().copied().filter(|ev| matches!(ev, Ev::Frame(_))).collect();
        assert_eq!(frames, (0..100).map(Ev::Frame).collect::<Vec<_>>());
    });
}

#[test]
fn a_busy_weak_input_hides_no_end() {
    both(|live| async move {
        let pipeline = pipeline! {
            source frames = 0..10u64;
            #[buffer(1024)]
            source pushes = 0u64..;
            stage all = merge(Ev::Frame(frames), weak Ev::Push(pushes));
            sink count = all.filter(|ev| matches!(ev, Ev::Frame(_))).count();
        };
        let outcome = live.wait(pipeline.spawn()).await;
        assert_eq!(outcome.result.unwrap(), 10);
        let (pushes, frames) = (outcome.report.edge("pushes").unwrap(), outcome.report.edge("frames").unwrap());
        assert_eq!((frames.sent, frames.received, frames.abandoned), (10, 10, 0), "\n{}", outcome.report);
        assert_eq!(pushes.sent, pushes.received + pushes.abandoned, "\n{}", outcome.report);
    });
}

/// The end is seen while a chunk of the weak input is at work, and the rest of it is abandoned.
#[test]
fn what_is_left_of_a_weak_input_is_abandoned() {
    paused(|live| async move {
        let (gate, taken) = (Gate::default(), Counter::default());
        let (open, seen) = (gate.clone(), taken.clone());
        let pipeline = pipeline! {
            source frames = futures::stream::once(async move { gate.pass().await; 1u64 });
            #[buffer(64)]
            source pushes = 0u64..;
            stage all = merge(Ev::Frame(frames), weak Ev::Push(pushes));
            sink count = all
                .map(async |ev| { if let Ev::Push(_) = ev { taken.add(); } tokio::task::yield_now().await; ev })
                .filter(|ev| matches!(ev, Ev::Frame(_)))
                .count();
        };
        let running = pipeline.spawn();
        while seen.get() < 500 {
            tokio::task::yield_now().await;
        }
        open.open();
        let outcome = live.wait(running).await;
        assert_eq!(outcome.result.unwrap(), 1);
        let pushes = outcome.report.edge("pushes").unwrap();
        assert!(pushes.abandoned > 0, "\n{}", outcome.report);
        assert_eq!(pushes.dropped, 0);
    });
}

#[test]
fn all_strong_inputs_must_have_ended() {
    both(|live| async move {
        let (gate, guard) = (Gate::default(), live.guard());
        let open = gate.clone();
        let pipeline = pipeline! {
            source a = 0..5u64;
            source b = futures::stream::iter(5..10u64).then(move |n| { let gate = gate.clone(); async move { gate.pass().await; n } });
            source w = quiet_stream::<u64>(guard);
            sink sum = merge(weak w, a, b).fold(0, |sum, n| sum + n);
        };
        let running = pipeline.spawn();
        while running.report().edge("a").unwrap().received < 5 {
            tokio::task::yield_now().await;
        }
        open.open();
        assert_eq!(live.wait(running).await.result.unwrap(), 45);
    });
}

#[test]
fn a_weak_input_may_end_first() {
    both(|live| async move {
        let pipeline = pipeline! {
            source a = 0..1000u64;
            source w = [1u64; 3];
            sink n = merge(a, weak w).filter(|n| *n != 1).count();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), 999);
    });
}

#[test]
fn under_workers_in_flight_and_process() {
    both(|live| async move {
        let guards = [live.guard(), live.guard(), live.guard(), live.guard()];
        let [g1, g2, g3, g4] = guards;
        let done = Log::default();
        let ended = done.clone();
        let pipeline = pipeline! {
            source a1 = 0..200u64;
            source w1 = quiet_stream::<u64>(g1);
            #[workers(4)]
            stage b1 = merge(a1, weak w1).map(|n| n + 1);
            source w2 = quiet_stream::<u64>(g2);
            #[in_flight(8)]
            stage b2 = merge(b1, weak w2).map(async |n| { tokio::task::yield_now().await; n + 1 });
            source w3 = quiet_stream::<u64>(g3);
            stage b3 = merge(weak w3, b2).process(async |input, output| {
                while let Some(n) = input.next().await {
                    output.send(n).await;
                }
                ended.push("process");
            });
            source w4 = quiet_stream::<u64>(g4);
            #[workers(3), keyed(|n| n % 7)]
            stage b4 = merge(b3, weak w4).map(|n| n);
            sink all = b4.collect::<Vec<u64>>();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), (2..202).collect::<Vec<u64>>());
        assert_eq!(done.all(), ["process"]);
    });
}

#[test]
fn its_producer_goes_on_for_others() {
    both(|live| async move {
        let pipeline = pipeline! {
            source a = 0..3u64;
            source w = 0..5000u64;
            #[buffer(4)]
            stage (x, y) = w.tee();
            sink few = merge(a, weak x).discard();
            sink all = y.count();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), 5000);
    });
}

#[test]
fn its_failure_is_one_of_the_run() {
    both(|live| async move {
        let guard = live.guard();
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = quiet_stream::<u64>(guard);
            source w = 0..5000u64;
            stage checked = w.map(|n| wrong_at(17, n)?);
            sink n = merge(a, weak checked).count();
        };
        let failure = live.run(pipeline).await.unwrap_err();
        assert_eq!(failure.stage(), Some("checked"));
    });
}

/// A strong input that is cut off by a failure has not ended.
#[test]
fn a_failure_is_no_end() {
    both(|live| async move {
        let ends = Counter::default();
        let ended = ends.clone();
        let guard = live.guard();
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = 0..100u64;
            stage checked = a.map(|n| wrong_at(50, n)?);
            source w = quiet_stream::<u64>(guard);
            stage all = merge(checked, weak w).process(async |input, output| {
                while let Some(n) = input.next().await {
                    output.send(n).await;
                }
                ended.add();
            });
            sink n = all.count();
        };
        assert_eq!(live.run(pipeline).await.unwrap_err().stage(), Some("checked"));
        assert_eq!(ends.get(), 0);
    });
}

#[test]
fn a_shutdown_drains_both() {
    both(|live: Live| async move {
        let pipeline = pipeline! {
            source a = 0u64..;
            source w = 0u64..;
            stage all = merge(a, weak w);
            sink n = all.count();
        };
        let running = pipeline.spawn();
        while running.report().stage("n").unwrap().received == 0 {
            tokio::task::yield_now().await;
        }
        running.shutdown();
        live.wait(running).await.result.unwrap();
    });
}

#[test]
fn the_graph_shows_it() {
    let pipeline = pipeline! {
        source frames = 0..3;
        source pushes = 0..3;
        sink n = merge(frames, weak pushes).count();
    };
    assert_eq!(pipeline.graph().stage("n").unwrap().operators, ["merge(frames, weak pushes)", "count"]);
    assert!(pipeline.graph().to_string().contains("merge(frames, weak pushes) · count"), "{}", pipeline.graph());
}
