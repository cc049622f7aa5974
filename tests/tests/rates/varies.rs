//! What a stage with workers has in its hands varies, and so may be less when a branch that drops is empty than it was when
//! that dropped. While the join waits, all edges are full and the workers have units of many items; then each item takes
//! long, and the units become those of one item.
//!
//! Which sizes the units have depends on how fast the machine is: each shape is tried several times.

use std::time::{Duration, Instant};

use pipeline_runtime::{__pipeline_of_any_shape as of_any_shape, Pipeline, pipeline};
use tokio::time::sleep;

use crate::support::{end, runs};

const MANY: u64 = 1500;

/// Later items keep their worker for longer than a unit should.
fn work(n: u64, quick: u64) -> u64 {
    let begun = Instant::now();
    while n > quick && begun.elapsed() < Duration::from_micros(60) {}
    n
}

/// The join takes a break at one item.
async fn rest(n: u64, at: u64) {
    if n == at {
        sleep(Duration::from_secs(1)).await;
    }
}

#[track_caller]
fn stops_at_last<O: Send + 'static>(pipeline: impl Fn(u64) -> Pipeline<O>) {
    assert!((0..40).any(|run| end(pipeline(run)).is_none()), "each run of {} has come to its end", pipeline(0).name());
}

#[test]
fn workers() {
    stops_at_last(|run| {
        of_any_shape! {
            source numbers = 0..MANY;
            #[buffer(120)]
            stage (#[lossy(drop_newest)] a, b) = numbers.tee();
            #[buffer(64)]
            stage near = b.map(|n| n);
            #[workers(2)]
            #[buffer(1)]
            stage ahead = near.map(|n| work(n, 500 + run));
            sink pairs = zip(a, ahead).map(async |(_, n)| rest(n, 300 + run).await).count();
        }
    });
}

/// Some number of them is too many.
#[test]
fn a_computed_number_of_workers() {
    let workers = 2usize;
    stops_at_last(|run| {
        of_any_shape! {
            source numbers = 0..MANY;
            #[buffer(8)]
            stage (#[lossy(drop_newest)] a, b) = numbers.tee();
            #[workers(workers)]
            #[buffer(1)]
            stage ahead = b.map(|n| work(n, 500 + run));
            sink pairs = zip(a, ahead).map(async |(_, n)| rest(n, 300 + run).await).count();
        }
    });
}

#[test]
fn unordered_workers() {
    stops_at_last(|run| {
        of_any_shape! {
            source numbers = 0..MANY;
            #[buffer(16)]
            stage (#[lossy(drop_newest)] a, b) = numbers.tee();
            #[buffer(64)]
            stage near = b.map(|n| n);
            #[workers(3), unordered]
            #[buffer(200)]
            stage ahead = near.map(|n| work(n, 350 + run));
            sink pairs = zip(a, ahead).map(async |(n, _)| rest(n, 0).await).count();
        }
    });
}

/// A fork that keeps the order gives what is done to one branch while the other one is full; when its input ends it has one
/// item left to give to that.
#[test]
fn forks() {
    stops_at_last(|run| {
        of_any_shape! {
            #[buffer(8)]
            source numbers = 0..MANY;
            #[workers(2)]
            #[buffer(20)]
            stage (#[lossy(drop_newest)] a, b) = numbers.map(|n| work(n, 500 + run)).tee();
            sink pairs = zip(a, b).map(async |(_, n)| rest(n, 300 + run).await).count();
        }
    });
    stops_at_last(|run| {
        of_any_shape! {
            #[buffer(4)]
            source numbers = 0..MANY;
            #[workers(2)]
            #[buffer(12)]
            stage (#[lossy(drop_newest)] a, b) = numbers.map(|n| work(n, 500 + run)).tee();
            sink pairs = zip(a, b).map(async |(_, n)| rest(n, 300 + run).await).count();
        }
    });
    for run in 0..5 {
        runs(pipeline! {
            #[buffer(4)]
            source numbers = 0..MANY;
            #[workers(2)]
            #[buffer(17)]
            stage (#[lossy(drop_newest)] a, b) = numbers.map(|n| work(n, 500 + run)).tee();
            sink pairs = zip(a, b).map(async |(_, n)| rest(n, 300 + run).await).count();
        });
        runs(pipeline! {
            #[buffer(8)]
            source numbers = 0..MANY;
            #[workers(2)]
            #[buffer(34)]
            stage (#[lossy(drop_newest)] a, b) = numbers.map(|n| work(n, 500 + run)).tee();
            sink pairs = zip(a, b).map(async |(_, n)| rest(n, 300 + run).await).count();
        });
    }
}

/// Groups that are begun, of many keys, are all complete with few items more.
#[test]
fn groups_of_keys() {
    stops_at_last(|_| {
        of_any_shape! {
            source numbers = 0..20_000u64;
            stage (#[lossy(drop_newest)] a, b) = numbers.tee();
            stage groups = a.batch(2);
            #[keyed(|n| n % 10_000)]
            stage ahead = b.batch(2);
            sink pairs = zip(groups, ahead).count();
        }
    });
    // no item is the last of two
    let pairs = runs(pipeline! {
        source numbers = 0..20_000u64;
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        #[keyed(|n| n % 10_000)]
        stage ahead = b.batch(2);
        sink pairs = zip(a, ahead).count();
    });
    assert!(pairs > 1000, "{pairs} pairs");
}

/// What has been dealt to one worker grows less while both wait for room.
#[test]
fn keyed_workers() {
    stops_at_last(|_| {
        of_any_shape! {
            source numbers = 0..MANY;
            #[buffer(8)]
            stage (#[lossy(drop_newest)] a, b) = numbers.tee();
            #[keyed(|n| *n > 256)]
            #[workers(2), unordered]
            #[buffer(1)]
            stage ahead = b.map(async |n| { if n == 0 { sleep(Duration::from_secs(1)).await; } n });
            sink pairs = zip(a, ahead).count();
        }
    });
}
