//! Freedom from deadlock, on pipelines by chance: what the check accepts comes to its end, what it refuses does not.
//! A test of the macro writes them: `pipeline-macros/src/tests/rates/generated.rs`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

#[path = "random_shapes/accepted.rs"]
#[rustfmt::skip]
mod accepted;
#[path = "random_shapes/driven.rs"]
#[rustfmt::skip]
#[allow(unused_variables, reason = "not each shape has a closure that asks")]
mod driven;
#[path = "random_shapes/driver.rs"]
mod driver;
#[path = "random_shapes/refused.rs"]
#[rustfmt::skip]
mod refused;
#[path = "rates/support.rs"]
mod run;
#[path = "random_shapes/support.rs"]
mod support;

use std::time::Duration;

use driver::Driver;
use run::{end, runs, stops};

/// What the closures of a refused shape may do is tried so often.
const DRIVERS: u64 = 30;

#[test]
fn what_is_accepted_comes_to_its_end() {
    assert!(accepted::ALL.len() >= 300);
    for pipeline in accepted::ALL {
        runs(pipeline());
    }
}

/// With threads, where tasks run in another order each time.
#[test]
fn what_is_accepted_comes_to_its_end_on_threads() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let runs = accepted::ALL.map(|pipeline| {
            let pipeline = pipeline();
            let name = pipeline.name().to_owned();
            (name, pipeline.spawn())
        });
        for (name, run) in runs {
            let Ok(outcome) = tokio::time::timeout(Duration::from_secs(20), run.wait()).await else {
                panic!("{name} has not come to its end");
            };
            assert_eq!(outcome.report.imbalance(), None, "{name}");
            outcome.result.unwrap();
        }
    });
}

#[test]
fn what_is_refused_stops() {
    for pipeline in refused::ALL {
        stops(pipeline());
    }
}

/// Refused, and cannot stop all the same: while the side without groups is full, a group that goes by time is given sooner or
/// later, of as many items as there was room for. The check does not see that.
const GROUPS_BY_TIME: [&str; 3] = ["p010", "p024", "p108"];

/// What closures let through, and how long they take, decides: for some of what they may do it stops.
#[test]
fn what_is_refused_stops_for_some_closures() {
    let mut unseen = Vec::new();
    for (at, pipeline) in driven::ALL.into_iter().enumerate() {
        match (0..DRIVERS).find(|seed| end(pipeline(Driver::new(*seed))).is_none()) {
            Some(seed) => println!("p{at:03} stops with the closures of seed {seed}"),
            None => unseen.push(format!("p{at:03}")),
        }
    }
    assert_eq!(unseen, GROUPS_BY_TIME, "not seen to stop");
}
