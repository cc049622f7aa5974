//! What tasks there are, and what the report says.

use futures::{StreamExt, stream};
use pipeline_runtime::{Pipeline, Report, StageState, pipeline};
use tokio::runtime::Handle;

use super::support::*;

/// Tasks of a run whose source waits, without the one that watches over the run.
async fn tasks(live: &Live, pipeline: Pipeline<u64>, open: Gate) -> usize {
    // Nothing is left of the run before.
    live.settled().await;
    let running = pipeline.spawn();
    let tasks = Handle::current().metrics().num_alive_tasks() - 1;
    open.open();
    assert_eq!(live.wait(running).await.result.unwrap(), 12);
    tasks
}

#[test]
fn a_straight_pipeline_is_one_task() {
    both(|live| async move {
        let gate = Gate::default();
        let source = gate.clone();
        let inline = pipeline! {
            #![inline]
            source a = { source.pass().await; 0..4u64 };
            stage b = a.map(|n| n * 2);
            stage c = b.map(|n| n);
            sink s = c.fold(0, |s, n| s + n);
        };
        assert_eq!(tasks(&live, inline, gate).await, 1);

        let gate = Gate::default();
        let source = gate.clone();
        let usual = pipeline! {
            source a = { source.pass().await; 0..4u64 };
            stage b = a.map(|n| n * 2);
            stage c = b.map(|n| n);
            sink s = c.fold(0, |s, n| s + n);
        };
        assert_eq!(tasks(&live, usual, gate).await, 4);
    });
}

#[test]
fn each_inline_stage_is_a_task_less() {
    both(|live| async move {
        let gate = Gate::default();
        let source = gate.clone();
        let some = pipeline! {
            source a = { source.pass().await; 0..4u64 };
            stage (b, c) = a.tee();
            #[inline] stage d = b.map(|n| n * 2);
            #[inline] sink n = c.count();
            sink s = d.fold(0, |s, n| s + n);
            s * n / 4
        };
        assert_eq!(tasks(&live, some, gate).await, 3);
    });
}

fn stage(report: &Report, name: &str) -> [u64; 7] {
    let stage = report.stage(name).unwrap();
    [stage.received, stage.emitted, stage.done, stage.filtered, stage.rejected, stage.failed, stage.discarded]
}

#[test]
fn the_report_has_the_stage_and_no_edge() {
    all(|live| async move {
        let pipeline = pipeline! {
            source a = 0..10u64;
            #[inline] stage b = a.filter(|n| n % 2 == 0).flat_map(|n| vec![n; n as usize]);
            #[inline] stage c = b.map(|ref n| wrong_at(2, *n)?) else bad;
            sink s = c.count();
            #[inline] sink t = bad.count();
        };
        let graph = pipeline.graph();
        for name in ["b", "c", "t"] {
            assert_eq!(graph.stage(name).unwrap().policies[0].to_string(), "inline");
        }
        assert_eq!(graph.edges.len(), 4);
        let outcome = live.wait(pipeline.spawn()).await;
        assert_eq!(outcome.result.unwrap(), (18, 2));
        let report = outcome.report;
        let edges: Vec<&str> = report.edges.iter().map(|edge| &*edge.name).collect();
        assert_eq!(edges, ["c"]);
        assert_eq!(stage(&report, "a"), [10, 10, 10, 0, 0, 0, 0]);
        assert_eq!(stage(&report, "b"), [10, 20, 5, 5, 0, 0, 0]);
        assert_eq!(stage(&report, "c"), [20, 18, 18, 0, 2, 0, 0]);
        assert_eq!(stage(&report, "s"), [18, 0, 18, 0, 0, 0, 0]);
        assert_eq!(stage(&report, "t"), [2, 0, 2, 0, 0, 0, 0]);
        for stage in &report.stages {
            assert_eq!(stage.state, StageState::Ended, "{report}");
            assert_eq!(stage.workers, usize::from(["a", "s"].contains(&&*stage.name)), "{report}");
        }
    });
}

/// What the source has given and nobody has taken is discarded, and counted.
#[test]
fn nothing_is_lost_between_source_and_stage() {
    all(|live| async move {
        let (seen, guard) = (Counter::default(), live.guard());
        let (count, gate) = (seen.clone(), Gate::default());
        let running = pipeline! {
            #![inline]
            source a = (0..1_000u64).inspect(move |_| { let _ = &guard; count.add(); });
            stage b = a.map(|n| n);
            sink s = b.for_each(async |_| gate.pass().await);
        }
        .spawn();
        while running.report().stage("s").unwrap().received == 0 {
            tokio::task::yield_now().await;
        }
        running.cancel();
        let outcome = live.wait(running).await;
        is_cancelled(outcome.result);
        let taken = seen.get() as u64;
        // Some at a stretch.
        assert!(taken > 1 && taken < 256, "{taken}");
        assert_eq!(stage(&outcome.report, "a"), [taken, 1, 1, 0, 0, 0, taken - 1]);
        assert_eq!(stage(&outcome.report, "b"), [1, 1, 1, 0, 0, 0, 0]);
        assert_eq!(stage(&outcome.report, "s"), [1, 0, 0, 0, 0, 0, 1]);
    });
}

/// A slow source's items are worked on as they come.
#[test]
fn no_item_waits_for_the_next_one() {
    paused(|live| async move {
        let (log, seen) = (Log::default(), Log::default());
        let given = log.clone();
        let slow = stream::iter(0..3u64).then(move |n| {
            let log = given.clone();
            async move {
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                log.push(n);
                n
            }
        });
        let (at, worked) = (log.clone(), seen.clone());
        let run = pipeline! {
            #![inline]
            source a = slow;
            sink s = a.for_each(|n| worked.push((n, at.len())));
        };
        live.run(run).await.unwrap();
        assert_eq!(seen.all(), [(0, 1), (1, 2), (2, 3)]);
    });
}

/// What goes over an edge out of the group is there before an inline body waits.
#[test]
fn outputs_are_handed_over_before_an_inline_body_waits() {
    all(|live| async move {
        let (gate, seen) = (Gate::default(), Counter::default());
        let (pass, count) = (gate.clone(), seen.clone());
        let running = pipeline! {
            source a = 0..1u64;
            stage (b, c) = a.tee();
            #[inline] sink held = c.for_each(async |_| pass.pass().await);
            sink s = b.for_each(|_| { count.add(); });
        }
        .spawn();
        while seen.get() == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(running.report().stage("held").unwrap().received, 1);
        gate.open();
        live.wait(running).await.result.unwrap();
    });
}

/// One task does not keep others from running.
#[test]
fn a_busy_group_gives_way() {
    on(On::One, |live| async move {
        let running = pipeline! {
            #![inline]
            source a = 0..u64::MAX;
            stage b = a.map(|n| n);
            stage c = b.flat_map(|n| [n, n]);
            sink s = c.count();
        }
        .spawn();
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        running.cancel();
        is_cancelled(live.wait(running).await.result);
    });
}

/// The parts of one item may be endless.
#[test]
fn endless_parts_give_way_too() {
    on(On::One, |live| async move {
        let running = pipeline! {
            #![inline]
            source a = 0..3u64;
            stage b = a.map(|n| n);
            stage c = b.flat_map(|n| std::iter::repeat(n));
            sink s = c.count();
        }
        .spawn();
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        running.cancel();
        is_cancelled(live.wait(running).await.result);
    });
}

mod under_strict_lints {
    #![deny(warnings, clippy::all, clippy::pedantic, clippy::unwrap_used)]

    use pipeline_runtime::{Pipeline, pipeline};

    pipeline! {
        /// Everything at once.
        pub fn strict(numbers: Vec<u64>) -> Pipeline<(Vec<u64>, u64, Option<u64>, u64), std::num::ParseIntError> {
            #![inline]
            source numbers = numbers;
            stage checked = numbers.map(|ref n| n.to_string().parse::<u64>()?) else bad;
            stage (l, m, r) = checked.scan(0, |s, n| { *s += n; *s }).tee();
            sink few = l.take(2).batch(3).flat_map(|batch| batch).collect::<Vec<_>>();
            sink sum = m.fold(0, |s, n| s + n);
            stage (odd, even) = r.route(|n| if n % 2 == 0 { even(n) } else { odd(n) });
            sink first = odd.first();
            sink rest = even.count();
            sink rejected = bad.discard();
            (few, sum, first, rest + rejected)
        }
    }
}

#[test]
fn strict_lints_find_nothing() {
    both(|live| async move {
        let run = under_strict_lints::strict(vec![1, 2, 3, 4]);
        assert_eq!(live.run(run).await.unwrap(), (vec![1, 3], 20, Some(1), 2));
    });
}

mod fragments {
    use pipeline_runtime::{Flow, pipeline};

    use super::Wrong;

    pipeline! {
        /// All of it in one task, but for what comes in from outside.
        pub fn clean() -> Flow<&'static str, u64, Wrong> {
            #![inline]
            source raw = input;
            stage texts = raw.filter(|text| !text.is_empty());
            stage numbers = texts.map(|ref text| text.parse::<u64>()?) else bad;
            sink wrong = bad.inspect(|rejected| assert_eq!(rejected.stage(), "cleaned/numbers")).count();
            sink out = numbers.map(|n| n + 1).output();
        }
    }
}

#[test]
fn inside_a_fragment_too() {
    all(|live| async move {
        let pipeline = pipeline! {
            #![error(Wrong)]
            source a = ["1", "", "x", "3"];
            stage cleaned = a.via(fragments::clean());
            #[inline] stage (b, c) = d.tee();
            stage d = cleaned.map(|n| n);
            #[inline] sink sum = b.fold(0, |s, n| s + n);
            #[inline] sink n = c.count();
        };
        let outcome = live.wait(pipeline.spawn()).await;
        assert_eq!(outcome.result.unwrap(), (6, 2));
        let edges: Vec<&str> = outcome.report.edges.iter().map(|edge| &*edge.name).collect();
        assert_eq!(edges, ["a", "cleaned"], "{}", outcome.report);
        assert_eq!(stage(&outcome.report, "cleaned/numbers"), [3, 2, 2, 0, 1, 0, 0], "{}", outcome.report);
        assert_eq!(stage(&outcome.report, "cleaned/wrong"), [1, 0, 1, 0, 0, 0, 0], "{}", outcome.report);
        let (values, report) = fragments::clean().check(["7", "8"]).await;
        assert_eq!((values, report.stage("wrong").unwrap().received), (vec![8, 9], 0));
    });
}
