//! Who a failure is put down to.

use pipeline_runtime::{Cause, Failure, Rejected, pipeline};

use super::support::*;

#[track_caller]
fn panicked<O: std::fmt::Debug, E: std::fmt::Debug>(result: Result<O, Failure<E>>, stage: &str) -> Failure<E> {
    let failure = result.unwrap_err();
    assert!(matches!(failure.cause(), Cause::Panic(text) if text == "here"), "{:?}", failure.cause());
    assert_eq!(failure.stage(), Some(stage));
    failure
}

fn panic_at(bad: u64, n: u64) -> u64 {
    assert!(n != bad, "here");
    n
}

#[test]
fn an_error_comes_behind_what_was_before_it() {
    all(|live| async move {
        let seen = Log::default();
        let log = seen.clone();
        let run = pipeline! {
            #![error(Wrong)]
            source a = 0..10u64;
            stage b = a.map(|n| n);
            #[inline] stage c = b.map(|n| wrong_at(3, n)?);
            #[inline] stage d = c.map(|n| n);
            sink s = d.for_each(|n| log.push(n));
        };
        let outcome = live.wait(run.spawn()).await;
        let failure = outcome.result.unwrap_err();
        assert_eq!(failure.stage(), Some("c"));
        assert_eq!(failure.into_error().ok(), Some(Wrong::At(3)));
        assert!([0, 1, 2].starts_with(&seen.all()));
        let report = outcome.report;
        let c = report.stage("c").unwrap();
        assert_eq!((c.received, c.done, c.failed), (4, 3, 1), "{report}");
        let b = report.stage("b").unwrap();
        assert_eq!((b.received, b.done, b.emitted, b.failed), (4, 4, 4, 0), "{report}");
        assert_eq!(report.stage("d").unwrap().received, 3, "{report}");
        assert_eq!(report.edge("d").unwrap().sent, 3, "{report}");
    });
}

/// The panic of one stage among several in a task strikes its item alone.
#[test]
fn a_panic_is_the_innermost_stages() {
    all(|live| async move {
        let run = pipeline! {
            #![inline]
            source a = 0..10u64;
            stage b = a.flat_map(|n| [n]);
            stage c = b.flat_map(|n| [n]);
            stage d = c.map(|n| panic_at(3, n));
            sink s = d.count();
        };
        let outcome = live.wait(run.spawn()).await;
        panicked(outcome.result, "d");
        let counts = |name: &str| {
            let stage = outcome.report.stage(name).unwrap();
            (stage.received, stage.done, stage.failed, stage.discarded)
        };
        // Of `b` and `c` further parts were to come.
        assert_eq!(counts("b"), (4, 3, 0, 1), "{}", outcome.report);
        assert_eq!(counts("c"), (4, 3, 0, 1), "{}", outcome.report);
        assert_eq!(counts("d"), (4, 3, 1, 0), "{}", outcome.report);
        assert_eq!(counts("s"), (3, 3, 0, 0), "{}", outcome.report);
    });
}

#[test]
fn a_panic_of_the_producer_is_the_producers() {
    all(|live| async move {
        let run = pipeline! {
            source a = 0..10u64;
            stage b = a.flat_map(|n| { panic_at(3, n); [n, n] });
            #[inline] stage (c, d) = b.tee();
            #[inline] sink s = c.count();
            #[inline] sink t = d.map(async |n| { tokio::task::yield_now().await; n }).count();
        };
        let outcome = live.wait(run.spawn()).await;
        panicked(outcome.result, "b");
        assert_eq!(outcome.report.stage("b").unwrap().failed, 1, "{}", outcome.report);
    });
}

#[test]
fn a_panic_of_the_source_is_the_sources() {
    all(|live| async move {
        let run = pipeline! {
            #![inline]
            source a = (0..10u64).map(|n| panic_at(3, n));
            stage b = a.map(|n| n);
            sink s = b.fold(0, |s, n| s + n);
        };
        panicked(live.run(run).await, "a");
        let run = pipeline! {
            #![inline]
            source a = { tokio::task::yield_now().await; panic_at(3, 3)..5 };
            sink s = a.map(|n| n).count();
        };
        panicked(live.run(run).await, "a");
    });
}

/// Nothing is in hand when a state gets its first value.
#[test]
fn a_panic_of_a_first_value_is_its_stages() {
    all(|live| async move {
        let run = pipeline! {
            source a = 0..10u64;
            stage b = a.map(|n| n);
            #[inline] stage c = b.scan(0, |s, n| { *s += n; *s });
            #[inline] sink s = c.fold(panic_at(3, 3), |s, n| s + n);
        };
        panicked(live.run(run).await, "s");
    });
}

#[test]
fn an_error_of_the_source_is_the_sources() {
    all(|live| async move {
        let run = pipeline! {
            #![error(Wrong)]
            #![inline]
            source a = { wrong_at(3, 3)?; 0..3u64 };
            stage b = a.map(|n| n);
            sink s = b.count();
        };
        let failure = live.run(run).await.unwrap_err();
        assert_eq!(failure.stage(), Some("a"));
        assert_eq!(failure.into_error().ok(), Some(Wrong::At(3)));
    });
}

#[test]
fn rejected_items_carry_the_stages_name() {
    all(|live| async move {
        let run = pipeline! {
            #![error(Wrong)]
            #![inline]
            source a = ["1", "x"];
            stage b = a.map(|text| text);
            stage c = b.map(|ref text| text.parse::<u64>()?) else bad;
            sink s = c.count();
            sink t = bad.map(|rejected| match rejected { Rejected::Item { item, stage, .. } => (item, stage.to_string()), _ => ("", String::new()) })
                .first();
        };
        assert_eq!(live.run(run).await.unwrap(), (1, Some(("x", "c".to_owned()))));
    });
}

#[test]
fn a_drain_that_takes_too_long_names_the_stages_of_the_task() {
    paused(|live| async move {
        let guard = live.guard();
        let running = pipeline! {
            #![inline]
            #![drain(1s)]
            source a = then_quiet(0..3u64, guard);
            stage b = a.map(|n| n);
            sink s = b.for_each(async |_| std::future::pending::<()>().await);
        }
        .spawn();
        quiet().await;
        running.shutdown();
        let names: Vec<String> =
            exceeded(live.wait(running).await.result).iter().map(|name| name.to_string()).collect();
        assert_eq!(names, ["a", "b", "s"]);
    });
}
