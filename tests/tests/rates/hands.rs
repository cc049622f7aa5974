//! What a stage has in its hands when there is no room for what it has to give: as many items as the check counts on. One
//! more that the other branch leaves out, and all tasks wait for one another.

use pipeline_runtime::{__pipeline_of_any_shape as of_any_shape, pipeline};

use crate::support::{runs, stops};

const MANY: u64 = 5000;

/// One stage in one branch; the other leaves out as many items as the first holds, or one more.
macro_rules! holds {
    ($held:literal, $more:literal, { $(#[$attr:meta])+ } $($op:tt)+) => {
        let pairs = runs(pipeline! {
            #![buffer(0)]
            source numbers = 0..MANY;
            stage (a, b) = numbers.tee();
            stage late = a.skip($held);
            $(#[$attr])+
            stage same = b $($op)+;
            sink pairs = zip(late, same).count();
        });
        assert_eq!(pairs, MANY - $held);
        stops(of_any_shape! {
            #![buffer(0)]
            source numbers = 0..MANY;
            stage (a, b) = numbers.tee();
            stage late = a.skip($more);
            $(#[$attr])+
            stage same = b $($op)+;
            sink pairs = zip(late, same).count();
        });
    };
}

#[test]
fn bodies_in_flight() {
    holds!(5, 6, { #[in_flight(4)] } .map(async |n| n));
    holds!(5, 6, { #[in_flight(4)] #[unordered] } .map(async |n| n));
    holds!(5, 6, { #[in_flight(4)] #[keyed(|n| n % 3)] } .map(async |n| n));
}

#[test]
fn workers() {
    holds!(1, 2, { #[workers(1)] } .map(|n| n));
    holds!(33, 34, { #[workers(4)] } .map(|n| n));
    holds!(4, 5, { #[workers(4)] #[unordered] } .map(|n| n));
}

#[test]
fn workers_with_bodies_in_flight() {
    holds!(17, 18, { #[workers(2)] #[in_flight(6)] } .map(async |n| n));
    holds!(8, 9, { #[workers(2)] #[in_flight(6)] #[unordered] } .map(async |n| n));
    holds!(7, 8, { #[workers(1)] #[in_flight(6)] } .map(async |n| n));
}

/// All items are of one key.
#[test]
fn keyed_workers() {
    holds!(257, 258, { #[workers(2)] #[keyed(|_| 0)] } .map(|n| n));
    holds!(1, 2, { #[workers(1)] #[keyed(|_| 0)] } .map(|n| n));
}

#[test]
fn a_blocking_stage() {
    holds!(1, 2, { #[blocking] } .map(|n| n));
}

/// Each body in flight has a group.
#[test]
fn groups_in_flight() {
    let pairs = runs(pipeline! {
        #![buffer(0)]
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage late = a.skip(8).batch(2);
        #[in_flight(3)]
        stage same = b.batch(2).map(async |pair| pair);
        sink pairs = zip(late, same).count();
    });
    assert_eq!(pairs, (MANY - 8) / 2);
    stops(of_any_shape! {
        #![buffer(0)]
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage late = a.skip(9).batch(2);
        #[in_flight(3)]
        stage same = b.batch(2).map(async |pair| pair);
        sink pairs = zip(late, same).count();
    });
}
