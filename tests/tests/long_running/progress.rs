//! The report of a run that goes on.

use pipeline_runtime::{Report, Running, pipeline};

use crate::support::*;

/// Waits until the report shows that `more` is so.
async fn until<O, E>(running: &Running<O, E>, more: impl Fn(&Report) -> bool) -> Report {
    loop {
        let report = running.report();
        if more(&report) {
            return report;
        }
        tokio::task::yield_now().await;
    }
}

/// Every count of every stage and edge that moves in an endless run has moved on.
fn all_moved(before: &Report, now: &Report) -> bool {
    let stages = before.stages.iter().zip(&now.stages).all(|(before, now)| {
        assert!(before.received <= now.received && before.done <= now.done && before.emitted <= now.emitted);
        before.received < now.received && before.done < now.done && (before.emitted < now.emitted || now.name == "n")
    });
    let edges = before.edges.iter().zip(&now.edges).all(|(before, now)| {
        assert!(before.sent <= now.sent && before.received <= now.received);
        before.sent < now.sent && before.received < now.received
    });
    stages && edges && before.elapsed < now.elapsed
}

/// Stages that are never short of items and never wait for room.
#[test]
fn a_busy_run_shows_progress() {
    both(|live| async move {
        let running = pipeline! {
            source ones = std::iter::repeat(1u64);
            stage  twos = ones.map(|n| 2 * n);
            #[workers(2)]
            stage  fours = twos.map(|n| 2 * n);
            sink   n = fours.count();
        }
        .spawn();
        let mut last = running.report();
        for _ in 0..20 {
            last = until(&running, |now| all_moved(&last, now)).await;
        }
        running.shutdown();
        let outcome = live.wait(running).await;
        let n = outcome.report.stage("n").unwrap();
        assert_eq!(outcome.result.unwrap(), n.received);
        assert!(n.received >= last.stage("n").unwrap().received);
    });
}

/// A stage whose bodies block, and one that is slow.
#[test]
fn slow_bodies_show_progress() {
    on(On::Two, |live| async move {
        let running = pipeline! {
            #[blocking]
            source ones = std::iter::repeat(1u64);
            #[blocking]
            stage  twos = ones.map(|n| { std::thread::sleep(std::time::Duration::from_micros(50)); 2 * n });
            sink   n = twos.map(async |n| { tokio::task::yield_now().await; n }).count();
        }
        .spawn();
        let mut last = running.report();
        for _ in 0..5 {
            last = until(&running, |now| all_moved(&last, now)).await;
        }
        running.cancel();
        is_cancelled(live.wait(running).await.result);
    });
}

/// What a stage has done is told before it waits: an idle run's report is exact.
#[test]
fn an_idle_run_s_report_is_exact() {
    all(|live| async move {
        let (tx, rx) = tokio::sync::mpsc::unbounded_channel();
        let running = pipeline! {
            source numbers = rx;
            stage  even = numbers.filter(|n| n % 2 == 0);
            sink   n = even.count();
        }
        .spawn();
        for sent in 1..=50u64 {
            tx.send(sent).unwrap();
            let report = until(&running, |report| {
                let received = |stage| report.stage(stage).unwrap().received;
                (received("even"), received("n")) == (sent, sent / 2) && report.imbalance().is_none()
            })
            .await;
            assert_eq!(report.stage("even").unwrap().filtered, sent - sent / 2);
        }
        drop(tx);
        assert_eq!(live.wait(running).await.result.unwrap(), 25);
    });
}
