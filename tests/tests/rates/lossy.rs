//! A branch that drops, joined with one that does not. When an edge drops it is full, so the other side cannot be filled
//! by what is missing, unless the edge holds nothing, or less than is swallowed behind it, or the other side holds more
//! at one time than at another.

use std::time::Duration;

use pipeline_runtime::{__pipeline_of_any_shape as of_any_shape, Pipeline, pipeline};
use tokio::time::sleep;

use crate::support::{end, runs, stops};

const MANY: u64 = 20_000;

async fn slowly(n: u64) -> u64 {
    sleep(Duration::from_millis(10)).await;
    n
}

/// Some pairs, and an end: how many depends on what was dropped.
#[track_caller]
fn goes_on(pairs: u64) {
    assert!((2..=MANY).contains(&pairs), "{pairs} pairs");
}

/// A rendezvous drops what comes while nobody waits for it, and so may have nothing when the other side is full.
#[test]
fn a_rendezvous() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        #[buffer(0)]
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        stage ahead = b.map(|n| n);
        sink pairs = zip(a, ahead).map(async |(n, _)| slowly(n).await).count();
    });
}

#[test]
fn one_item_is_enough() {
    let slow_side = runs(pipeline! {
        source numbers = 0..MANY;
        #[buffer(1)]
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        stage slow = a.map(async |n| slowly(n).await);
        stage ahead = b.map(|n| n);
        sink pairs = zip(slow, ahead).count();
    });
    let slow_join = runs(pipeline! {
        source numbers = 0..MANY;
        #[buffer(1)]
        stage (#[lossy(drop_oldest)] a, b) = numbers.tee();
        stage ahead = b.map(|n| n);
        sink pairs = zip(a, ahead).map(async |(n, _)| slowly(n).await).count();
    });
    let by_default = runs(pipeline! {
        source numbers = 0..MANY;
        stage (#[lossy(drop_oldest)] a, b) = numbers.tee();
        stage slow = a.map(async |n| slowly(n).await);
        sink pairs = zip(slow, b).count();
    });
    [slow_side, slow_join, by_default].into_iter().for_each(goes_on);
}

/// Nobody will send any more, and nothing ends: what is missing is waited for by nobody else.
#[test]
fn a_source_that_falls_silent() {
    let pairs = runs(pipeline! {
        source numbers = async |out| {
            for n in 0..100 { out.send(n).await; }
            sleep(Duration::from_secs(60)).await;
            for n in 100..MANY { out.send(n).await; }
        };
        #[buffer(1)]
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        stage slow = a.map(async |n| slowly(n).await);
        sink pairs = zip(slow, b).count();
    });
    goes_on(pairs);
}

/// The group is not full when the edge has nothing more, and what it lacks is in the other side.
#[test]
fn groups_of_more_than_the_edge_holds() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        #[buffer(1)]
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        stage slow = a.map(async |n| slowly(n).await).batch(10);
        stage others = b.batch(10);
        sink pairs = zip(slow, others).count();
    });
    let pairs = runs(pipeline! {
        source numbers = 0..MANY;
        #[buffer(10)]
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        stage slow = a.map(async |n| slowly(n).await).batch(10);
        stage others = b.batch(10);
        sink pairs = zip(slow, others).count();
    });
    goes_on(pairs);
}

/// Several workers give what they have to one branch and then to the other.
#[test]
fn a_fork_with_workers() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        #[buffer(1)]
        #[workers(4)]
        stage (#[lossy(drop_newest)] a, b) = numbers.map(|n| n).tee();
        sink pairs = zip(a, b).count();
    });
}

/// The side that gets ahead is the one that drops; and an edge that drops is never full.
#[test]
fn more_on_the_side_that_drops() {
    let pairs = runs(pipeline! {
        source numbers = 0..MANY;
        #[buffer(1)]
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        stage pairs_of_b = b.batch(2);
        sink pairs = zip(a, pairs_of_b).count();
    });
    goes_on(pairs);
    let plain = runs(pipeline! {
        source numbers = 0..MANY;
        stage (#[lossy(drop_newest)] a, #[lossy(drop_oldest)] b, c) = numbers.tee();
        stage kept = a.filter(|n| n % 2 == 0);
        sink pairs = zip(kept, b).count();
        sink plain = c.count();
        { let _ = pairs; plain }
    });
    assert_eq!(plain, MANY);
}

/// A join asks the side that drops before the other, so one never has an item that the other lacks.
#[test]
fn two_rendezvous_are_in_step() {
    for buffer in [0usize, 1] {
        let pairs = runs(pipeline! {
            source numbers = 0..MANY;
            #[buffer(buffer)]
            stage (#[lossy(drop_newest)] a, b) = numbers.tee();
            sink pairs = zip(b, a).map(async |(n, _)| slowly(n % 2).await).count();
        });
        goes_on(pairs);
    }
}

/// Nor does it when one has another stage on the way: that has been given what was dropped, and nothing after it.
#[test]
fn two_rendezvous_of_one_join() {
    for _ in 0..5 {
        let pairs = runs(pipeline! {
            source numbers = 0..MANY;
            #[buffer(0)]
            stage (#[lossy(drop_newest)] a, b) = numbers.tee();
            #[buffer(0)]
            stage same = b.map(|n| n);
            sink pairs = zip(same, a).map(async |(n, _)| slowly(n % 2).await).count();
        });
        goes_on(pairs);
    }
}

/// What leaves out items on the full side makes it shorter.
#[test]
fn fewer_on_the_other_side() {
    let filtered = runs(pipeline! {
        source numbers = 0..MANY;
        #[buffer(1)]
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        stage slow = a.map(async |n| slowly(n).await);
        stage few = b.filter(|n| n % 3 == 0);
        sink pairs = zip(slow, few).count();
    });
    let by_time = runs(pipeline! {
        source numbers = 0..MANY;
        #[buffer(1)]
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        stage slow = a.map(async |n| slowly(n).await);
        stage groups = b.batch(10, 15ms);
        sink pairs = zip(slow, groups).count();
    });
    let merged = runs(pipeline! {
        source numbers = 0..MANY;
        source more = 0..100;
        #[buffer(1)]
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        stage both = merge(a, more).map(async |n| slowly(n).await);
        stage ahead = b.map(|n| n);
        sink pairs = zip(both, ahead).count();
    });
    [filtered, by_time, merged].into_iter().for_each(goes_on);
}

/// Any number may be too many.
#[test]
fn more_on_the_other_side() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        stage parts = b.flat_map(|n| [n; 3000]);
        sink pairs = zip(a, parts).count();
    });
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        stage none = a.filter(|_| false);
        sink pairs = zip(none, b).count();
    });
}

/// What has always the same number of items in its hands.
#[test]
fn the_same_number_in_hand() {
    let in_flight = runs(pipeline! {
        source numbers = 0..MANY;
        #[buffer(1)]
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        #[in_flight(5)]
        stage ahead = b.map(async |n| n);
        sink pairs = zip(a, ahead).map(async |(n, _)| slowly(n).await).count();
    });
    let fork = runs(pipeline! {
        source numbers = 0..MANY;
        #[in_flight(5)]
        #[buffer(1)]
        stage (#[lossy(drop_newest)] a, b) = numbers.map(async |n| n).tee();
        sink pairs = zip(a, b).map(async |(n, _)| slowly(n).await).count();
    });
    let workers = runs(pipeline! {
        source numbers = 0..MANY;
        #[buffer(7)]
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        #[workers(3)]
        stage ahead = b.map(|n| n);
        sink pairs = zip(a, ahead).map(async |(n, _)| slowly(n).await).count();
    });
    let unordered = runs(pipeline! {
        source numbers = 0..MANY;
        stage (#[lossy(drop_newest)] a, b) = numbers.tee();
        #[workers(3), unordered]
        stage ahead = b.map(|n| n);
        sink pairs = zip(a, ahead).map(async |(n, _)| slowly(n).await).count();
    });
    let unordered_fork = runs(pipeline! {
        source numbers = 0..MANY;
        #[workers(3), unordered]
        #[buffer(1)]
        stage (#[lossy(drop_newest)] a, b) = numbers.map(|n| n).tee();
        sink pairs = zip(a, b).map(async |(n, _)| slowly(n).await).count();
    });
    [in_flight, fork, workers, unordered, unordered_fork].into_iter().for_each(goes_on);
}

/// Workers that have units of two items have more in their hands than with units of one.
#[test]
fn units_of_workers_grow_smaller() {
    stops_at_last(|| {
        of_any_shape! {
            source numbers = async |out| {
                for n in 0..200 { out.send(n).await; }
                sleep(Duration::from_secs(10)).await;
                for n in 200..1000 { sleep(Duration::from_millis(1)).await; out.send(n).await; }
            };
            #[buffer(8)]
            stage (#[lossy(drop_newest)] a, b) = numbers.tee();
            #[workers(4)]
            #[buffer(1)]
            stage ahead = b.map(async |n| { if n == 0 { sleep(Duration::from_secs(1)).await; } n });
            sink pairs = zip(a, ahead).count();
        }
    });
}

/// Items of one key wait for their worker; those of another one's are done and wait for their turn, and may be more.
#[test]
fn keys_that_change() {
    const AHEAD: u64 = 514;
    stops_at_last(|| {
        of_any_shape! {
            source numbers = 0..2000;
            #[buffer(1)]
            stage (#[lossy(drop_newest)] a, b) = numbers.tee();
            #[keyed(|n| (1..AHEAD).contains(n))]
            #[workers(2)]
            #[buffer(1)]
            stage ahead = b.map(async |n| { if n == 0 { sleep(Duration::from_secs(1)).await; } n });
            sink pairs = zip(a, ahead).count();
        }
    });
}

/// Stops in one of several runs: what waits for what depends on how fast the machine is.
#[track_caller]
fn stops_at_last<O: Send + 'static>(pipeline: impl Fn() -> Pipeline<O>) {
    assert!((0..50).any(|_| end(pipeline()).is_none()), "each run of {} has come to its end", pipeline().name());
}
