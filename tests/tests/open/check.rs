//! A fragment under test.

use std::time::Duration;

use pipeline_runtime::{Fault, Flow, Report, StageState, pipeline};

use super::support::{Wrong, all, both, paused};

fn pairs() -> Flow<u64, Vec<u64>, Wrong> {
    pipeline! {
        #![error(Wrong)]
        source xs = input;
        stage  even = xs.filter(|x| x % 2 == 0).map(|x| if x == 50 { Err(Wrong::At(x))? } else { x });
        sink   out = even.batch(2, 1s).output();
    }
}

fn balanced(report: &Report) {
    assert_eq!(report.imbalance(), None);
    assert!(report.stages.iter().all(|stage| stage.state == StageState::Ended), "{report}");
}

#[test]
fn gives_what_comes_out_and_the_account() {
    all(async |_| {
        let (out, report) = pairs().check(0..10).await;
        assert_eq!(out, [vec![0, 2], vec![4, 6], vec![8]]);
        balanced(&report);
        assert_eq!(report.failure, None);
        assert_eq!(report.stage("xs").unwrap().done, 10);
        assert_eq!(report.stage("even").unwrap().filtered, 5);
        // the end itself, behind the stage that the sink's operators run in
        assert_eq!((report.stage("out").unwrap().emitted, report.stage("output").unwrap().received), (3, 3));
    });
}

#[test]
fn a_failure_is_in_the_report() {
    all(async |_| {
        let (out, report) = pairs().check(0..100).await;
        balanced(&report);
        assert!(report.failure.as_ref().unwrap().ends_with("failed in stage `even`: wrong at 50"), "{report}");
        assert!(out.len() <= 13);
        assert_eq!(report.stage("even").unwrap().failed, 1);
    });
}

#[test]
fn faults_come_in_their_place() {
    both(async |_| {
        let (out, report) = pairs().check_with(0..10, Fault::Shutdown { at: 5 }).await;
        assert_eq!((out, report.failure.clone()), (vec![vec![0, 2], vec![4]], None));
        balanced(&report);
        assert_eq!(report.stage("xs").unwrap().received, 5);

        let (_, report) = pairs().check_with(0..10, Fault::Error { at: 3, error: Wrong::At(7) }).await;
        balanced(&report);
        assert!(report.failure.as_ref().unwrap().ends_with("in stage `xs`: wrong at 7"), "{report}");
        assert_eq!(report.stage("xs").unwrap().received, 3);

        let (_, report) = pairs().check_with(0..10, Fault::Panic { at: 0 }).await;
        balanced(&report);
        assert!(report.failure.as_ref().unwrap().contains("panicked in stage `xs`: injected"), "{report}");

        let (_, report) = pairs().check_with(0.., Fault::Cancel { at: 1000 }).await;
        balanced(&report);
        assert!(
            report.failure.as_ref().unwrap().ends_with("wrong at 50")
                || report.failure.as_ref().unwrap().ends_with("was cancelled")
        );

        let (out, report) = pairs().check_with(0..40, Fault::Leave { after: 2 }).await;
        balanced(&report);
        assert_eq!((out, report.failure.clone()), (vec![vec![0, 2], vec![4, 6]], None));

        let (out, report) = pairs().check_with(0..40, Fault::Leave { after: 0 }).await;
        balanced(&report);
        assert_eq!((out.len(), report.failure), (0, None));
    });
}

#[test]
fn a_late_item_lets_a_batch_go() {
    paused(async |_| {
        let late = Fault::Stall { at: 3, lasts: Duration::from_secs(5) };
        let (out, report) = pairs().check_with(0..6, late).await;
        assert_eq!(out, [vec![0, 2], vec![4]]);
        balanced(&report);
        let late = Fault::Stall { at: 1, lasts: Duration::from_secs(5) };
        assert_eq!(pairs().check_with(0..6, late).await.0, [vec![0], vec![2, 4]]);
    });
}
