//! Policies in the graph, its drawings and the report.

use pipeline_runtime::pipeline;
use tokio::time::sleep;

use super::clock::millis;
use crate::support::*;

/// As they stand around the body, from the outside.
#[test]
fn in_the_graph() {
    let longest = millis(2000);
    let pipeline = pipeline! {
        #![error(Wrong)]
        #![name = "shown"]
        source a = 0..3u64;
        #[timeout(2s, total = 10s), in_flight(4), retry(attempts = 2 + 2, backoff = 50ms..longest, jitter = none, when = |e| e.error().is_some())]
        stage b = a.map(async |n| wrong_at(5, n)?);
        sink s = b.count();
    };
    let graph = pipeline.graph();
    let policies: Vec<_> = graph.stages[1].policies.iter().map(|policy| (policy.name, policy.value)).collect();
    let retry = "attempts = 2 + 2, backoff = 50ms..longest, jitter = none, when = |e| e.error().is_some()";
    assert_eq!(policies, [("in_flight", "4"), ("retry", retry), ("timeout", "2s, total = 10s")]);
}

/// In short, in the line of the stage.
#[test]
fn in_the_drawing() {
    let pipeline = pipeline! {
        #![error(Wrong)]
        source a = 0..3u64;
        #[timeout(2s), in_flight(4), retry(attempts = 4, backoff = 50ms..2s, when = |e| e.error().is_some())]
        stage b = a.map(async |n| wrong_at(5, n)?);
        sink s = b.count();
    };
    let drawn = "stage b  map · in_flight(4) · retry(4) · timeout(2s)";
    let graph = pipeline.graph();
    assert!(graph.to_string().contains(drawn), "{graph}");
}

#[test]
fn in_the_report() {
    paused(|live| async move {
        let pipeline = pipeline! {
            #![error(Wrong)]
            #![name = "told"]
            source a = 0..4u64;
            #[timeout(10ms), retry(attempts = 3, backoff = 5ms..5ms), on_error(skip)]
            stage b = a.map(async |n| {
                if n == 2 { sleep(millis(20)).await }
                wrong_at(1, n)?
            });
            sink s = b.count();
        };
        let outcome = live.wait(pipeline.spawn()).await;
        let printed = outcome.report.to_string();
        let line = |n: usize| printed.lines().nth(n).unwrap().split_whitespace().collect::<Vec<_>>();
        assert_eq!(line(2)[7..], ["skipped", "attempts", "retries", "timeouts"]);
        assert_eq!(line(4), ["b", "stage", "1", "ended", "4", "2", "2", "2", "8", "4", "3"]);
    });
}
