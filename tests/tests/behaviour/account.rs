//! The account: exact where the input decides, balanced where chance does.

use pipeline_runtime::{Report, StageState, pipeline};

use super::support::*;

/// received, emitted, done, filtered, skipped, rejected, failed, discarded
fn of(report: &Report, stage: &str) -> [u64; 8] {
    let s = report.stage(stage).unwrap();
    [s.received, s.emitted, s.done, s.filtered, s.skipped, s.rejected, s.failed, s.discarded]
}

#[test]
fn every_fate() {
    all(|live| async move {
        let outcome = live
            .wait(
                pipeline! {
                    #![error(Wrong)]
                    source a = 0..30u64;
                    stage b = a.filter(|n| n % 3 != 0);
                    #[on_error(skip)]
                    stage c = b.map(|n| wrong_at(n / 5 * 5, n)?);
                    stage d = c.map(|n| wrong_at(n / 2 * 2, n)?) else bad;
                    stage e = d.flat_map(|n| vec![n; 3]);
                    stage f = e.batch(4);
                    stage g = f.flat_map(|batch: Vec<u64>| if batch.len() < 4 { vec![] } else { batch });
                    sink s = g.count();
                    sink t = bad.count();
                }
                .spawn(),
            )
            .await;
        let report = &outcome.report;
        // 20 pass the filter; of these 5, 10, 20, 25 fail; of the other 16 8 are even; 8 * 3 are 6 batches.
        assert_eq!(of(report, "a"), [30, 30, 30, 0, 0, 0, 0, 0]);
        assert_eq!(of(report, "b"), [30, 20, 20, 10, 0, 0, 0, 0]);
        assert_eq!(of(report, "c"), [20, 16, 16, 0, 4, 0, 0, 0]);
        assert_eq!(of(report, "d"), [16, 8, 8, 0, 0, 8, 0, 0]);
        assert_eq!(of(report, "e"), [8, 24, 8, 0, 0, 0, 0, 0]);
        assert_eq!(of(report, "f"), [24, 6, 24, 0, 0, 0, 0, 0]);
        assert_eq!(of(report, "g"), [6, 24, 6, 0, 0, 0, 0, 0]);
        assert_eq!(of(report, "s"), [24, 0, 24, 0, 0, 0, 0, 0]);
        assert_eq!(of(report, "t"), [8, 0, 8, 0, 0, 0, 0, 0]);
        assert_eq!(outcome.result.unwrap(), (24, 8));
    });
}

/// The same with workers, in flight, blocking: the counts are the same at any number of workers.
#[test]
fn the_same_with_workers() {
    both(|live| async move {
        let mut reports = Vec::new();
        for workers in [1usize, 2, 4] {
            let outcome = live
                .wait(
                    pipeline! {
                        #![error(Wrong)]
                        #![buffer(9)]
                        source a = 0..300u64;
                        #[workers(workers), on_error(skip)]
                        stage b = a.filter(|n| n % 3 != 0).map(|n| wrong_at(n / 5 * 5, n)?);
                        #[workers(workers), unordered]
                        stage c = b.map(|n| wrong_at(n / 2 * 2, n)?) else bad;
                        #[workers(workers), in_flight(6)]
                        stage d = c.map(async |n| n).filter(|n| n % 7 != 0);
                        #[workers(workers), keyed(|n| n % 4)]
                        stage e = d.dedup();
                        #[workers(workers), blocking]
                        stage (f, g) = e.tee();
                        sink s = f.count();
                        sink t = g.count();
                        sink u = bad.count();
                    }
                    .spawn(),
                )
                .await;
            outcome.result.unwrap();
            reports.push(["a", "b", "c", "d", "e", "f", "s", "t", "u"].map(|name| of(&outcome.report, name)));
            assert_eq!(outcome.report.stage("b").unwrap().workers, workers);
        }
        assert_eq!(reports[0], reports[1]);
        assert_eq!(reports[0], reports[2]);
        let emitted_of_tee = reports[0][5];
        assert_eq!(emitted_of_tee[2], reports[0][6][0]);
    });
}

/// A failure in each stage: `failed` is 1 there and 0 elsewhere.
#[test]
fn a_failure_is_counted_once() {
    all(|live| async move {
        for bad in ["b", "c", "d", "e", "s"] {
            let fail = move |stage: &str, n: u64| if stage == bad { wrong_at(33, n) } else { Ok(n) };
            let outcome = live
                .wait(
                    pipeline! {
                        #![error(Wrong)]
                        #![buffer(4)]
                        source a = 0..100u64;
                        stage b = a.map(|n| fail("b", n)?);
                        #[workers(2)]
                        stage c = b.map(|n| fail("c", n)?);
                        #[in_flight(3)]
                        stage d = c.map(async |n| fail("d", n)?);
                        #[blocking]
                        stage e = d.map(|n| fail("e", n)?);
                        sink s = e.for_each(|n| { fail("s", n)?; });
                        s
                    }
                    .spawn(),
                )
                .await;
            for stage in &outcome.report.stages {
                assert_eq!(stage.failed, u64::from(stage.name == bad), "{bad}\n{}", outcome.report);
            }
            let failure = outcome.result.unwrap_err();
            assert_eq!(failure.report(), &outcome.report);
        }
    });
}

/// What is in hand when the run is cancelled has been discarded: plain, worker, in flight, sink.
#[test]
fn discarded_in_hand() {
    paused(|live| async move {
        let guards = [0; 4].map(|_| live.clone());
        let [g1, g2, g3, g4] = guards;
        let running = pipeline! {
            source a = 0..100u64;
            stage b = a.map(async |n| { let _guard = g1.guard(); if n == 50 { std::future::pending::<()>().await; } n });
            #[in_flight(3)]
            stage c = b.map(async |n| { let _guard = g2.guard(); if n >= 40 { std::future::pending::<()>().await; } n });
            #[workers(2)]
            stage d = c.map(async |n| { let _guard = g3.guard(); if n == 30 || n == 31 { std::future::pending::<()>().await; } n });
            sink s = d.for_each(async |n| { let _guard = g4.guard(); if n == 20 { std::future::pending::<()>().await; } });
            s
        }
        .spawn();
        quiet().await;
        running.cancel();
        let outcome = live.wait(running).await;
        let report = &outcome.report;
        assert_eq!(of(report, "b"), [51, 50, 50, 0, 0, 0, 0, 1], "\n{report}");
        // Three bodies, and perhaps the next item, which waits for its turn.
        let c = of(report, "c");
        assert!(c[1..3] == [40, 40] && (43..=44).contains(&c[0]) && c[7] == c[0] - 40, "\n{report}");
        assert_eq!(of(report, "s"), [21, 0, 20, 0, 0, 0, 0, 1], "\n{report}");
        is_cancelled(outcome.result);
    });
}

/// A live report: what has been done so far, without waiting for the end.
#[test]
fn live() {
    paused(|live| async move {
        let (tx, rx) = tokio::sync::mpsc::channel::<u64>(8);
        let running = pipeline! {
            #![name = "watched"]
            source a = rx;
            stage b = a.filter(|n| n % 2 == 0);
            sink s = b.count();
        }
        .spawn();
        for n in 0..5 {
            tx.send(n).await.unwrap();
        }
        quiet().await;
        let report = running.report();
        assert_eq!(report.name, "watched");
        assert_eq!(of(&report, "b"), [5, 3, 3, 2, 0, 0, 0, 0]);
        assert_eq!(of(&report, "s"), [3, 0, 3, 0, 0, 0, 0, 0]);
        assert_eq!((report.edge("b").unwrap().sent, report.edge("b").unwrap().received), (3, 3));
        assert!(report.stages.iter().all(|stage| stage.state == StageState::Running));
        drop(tx);
        let outcome = live.wait(running).await;
        assert_eq!(outcome.result.unwrap(), 3);
        assert!(outcome.report.stages.iter().all(|stage| stage.state == StageState::Ended));
    });
}

/// Its length is the run's.
#[test]
fn elapsed() {
    paused(|live| async move {
        let outcome = live
            .wait(
                pipeline! {
                    source a = 0..3u64;
                    sink s = a.for_each(async |_| tokio::time::sleep(std::time::Duration::from_secs(7)).await);
                    s
                }
                .spawn(),
            )
            .await;
        assert_eq!(outcome.report.elapsed.as_secs(), 21);
        let before = outcome.report.clone();
        tokio::time::sleep(std::time::Duration::from_secs(7)).await;
        assert_eq!(outcome.report, before);
        assert_eq!(outcome.result.unwrap(), 3);
    });
}

/// As a table: the names, and the columns that say something.
#[test]
fn prints_as_a_table() {
    all(|live| async move {
        let outcome = live
            .wait(
                pipeline! {
                    #![name = "load"]
                    #![error(Wrong)]
                    source lines = 0..12u64;
                    #[workers(2)]
                    stage records = lines.map(|n| wrong_at(7, n)?) else rejects;
                    sink stored = records.count();
                    sink rejected = rejects.count();
                }
                .spawn(),
            )
            .await;
        outcome.result.unwrap();
        let text = outcome.report.to_string();
        let line = |name: &str| {
            text.lines().find(|line| line.starts_with(name)).unwrap().split_whitespace().collect::<Vec<_>>()
        };
        assert_eq!(line("load")[0], "load");
        assert_eq!(line("stage"), ["stage", "kind", "workers", "state", "received", "emitted", "done", "rejected"]);
        assert_eq!(line("records"), ["records", "stage", "2", "ended", "12", "11", "11", "1"]);
        assert_eq!(line("edge"), ["edge", "from", "to", "capacity", "sent", "received"]);
        assert!(!text.contains("discarded") && !text.contains("skipped"), "{text}");
    });
}

/// After a panic in a body that had parts out already, and with a full edge behind it.
#[test]
fn after_panics_everywhere() {
    both(|live| async move {
        for at in 0..40u64 {
            let outcome = live
                .wait(
                    pipeline! {
                        #![buffer(2)]
                        source a = 0..20u64;
                        #[workers(2)]
                        stage b = a.flat_map(|n| (0..4u64).map(move |part| { assert!(n * 4 + part != at * 2, "here"); part }));
                        #[in_flight(2), unordered]
                        stage c = b.map(async |n| { tokio::task::yield_now().await; n });
                        sink s = c.batch(3).count();
                    }
                    .spawn(),
                )
                .await;
            let failure = outcome.result.unwrap_err();
            assert_eq!(failure.stage(), Some("b"));
        }
    });
}

/// What stands in the edges of a cut-off run was abandoned, in chunks not published too.
#[test]
fn abandoned() {
    paused(|live| async move {
        let guards = live.clone();
        let running = pipeline! {
            #![buffer(10)]
            source a = 0u64..;
            stage b = a.map(|n| n);
            sink s = b.for_each(async |_| { let _guard = guards.guard(); std::future::pending::<()>().await; });
            s
        }
        .spawn();
        quiet().await;
        running.cancel();
        let outcome = live.wait(running).await;
        let (a, b) = (outcome.report.edge("a").unwrap(), outcome.report.edge("b").unwrap());
        assert_eq!((b.sent, b.received, b.abandoned), (11, 1, 10), "\n{}", outcome.report);
        assert_eq!(a.sent, a.received + a.abandoned);
        assert_eq!(outcome.report.stage("b").unwrap().emitted, 11);
        is_cancelled(outcome.result);
    });
}

/// Many at once, on two threads and on one: each has an account of its own.
#[test]
fn two_hundred_at_once() {
    both(|live| async move {
        let runs: Vec<_> = (0..200u64)
            .map(|n| {
                pipeline! {
                    #![buffer(n as usize % 5)]
                    source a = 0..n;
                    #[workers(2)]
                    stage b = a.map(async |x| { tokio::task::yield_now().await; x });
                    #[in_flight(2)]
                    stage c = b.map(async |x| x);
                    sink s = c.collect::<Vec<_>>();
                }
                .spawn()
            })
            .collect();
        for (n, run) in runs.into_iter().enumerate() {
            let outcome = live.wait(run).await;
            assert_eq!(outcome.result.unwrap(), (0..n as u64).collect::<Vec<_>>());
            assert_eq!(outcome.report.stage("b").unwrap().received, n as u64);
        }
    });
}
