//! Stages that end before their input does, or with less in hand than they ever waited with before: whoever feeds them
//! waits for them no more.

use pipeline_runtime::{__pipeline_of_any_shape as of_any_shape, pipeline};

use crate::support::{runs, stops};

const MANY: u64 = 20_000;

/// The last group, smaller than the others, waits for room behind a stage that takes no further item.
#[test]
fn a_rest_that_waits_for_room() {
    let pairs = runs(pipeline! {
        #![buffer(0)]
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage late = a.skip(2).batch(2);
        stage few = b.take(3).batch(2);
        sink pairs = zip(late, few).count();
    });
    assert_eq!(pairs, 2);
    let in_windows = runs(pipeline! {
        #![buffer(0)]
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage late = a.skip(2).batch(2);
        stage few = b.take_while(|n| *n < 3).window(0, |sum, n| *sum += n, count = 2);
        sink pairs = zip(late, few).count();
    });
    assert_eq!(in_windows, 2);
}

/// No further body is started for a stage that takes nothing of it.
#[test]
fn a_rest_behind_bodies_in_flight() {
    let pairs = runs(pipeline! {
        #![buffer(0)]
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage late = a.skip(3).batch(2);
        #[in_flight(1)]
        stage few = b.map(async |n| n).take(3).batch(2);
        sink pairs = zip(late, few).count();
    });
    assert_eq!(pairs, 2);
    let before = runs(pipeline! {
        #![buffer(0)]
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage late = a.skip(4).batch(2);
        #[in_flight(1)]
        stage few = b.take(7).batch(2).map(async |pair| pair);
        sink pairs = zip(late, few).count();
    });
    assert_eq!(before, 4);
}

/// Of two stages inside a fork, the rest of the first waits for the join, and the join for that of the second.
#[test]
fn rests_of_stages_inside_a_fork() {
    stops(of_any_shape! {
        #![buffer(0)]
        source numbers = 0..4u64;
        stage (a, b) = numbers.tee();
        #[inline]
        stage first = a.batch(3);
        #[inline]
        stage second = b.skip(2).batch(3);
        sink pairs = zip(first, second).count();
    });
    let with_room = runs(pipeline! {
        #![buffer(0)]
        source numbers = 0..4u64;
        stage (a, b) = numbers.tee();
        #[inline]
        #[buffer(2)]
        stage first = a.batch(3);
        #[inline]
        stage second = b.skip(2).batch(3);
        sink pairs = zip(first, second).count();
    });
    // the one that leaves out items has its turn first
    let in_turn = runs(pipeline! {
        #![buffer(0)]
        source numbers = 0..4u64;
        stage (a, b) = numbers.tee();
        #[inline]
        stage first = a.skip(2).batch(3);
        #[inline]
        stage second = b.batch(3);
        sink pairs = zip(first, second).count();
    });
    // a rest is one item at least
    runs(pipeline! {
        #![buffer(0)]
        source numbers = 0..5u64;
        stage (a, b) = numbers.tee();
        #[inline]
        stage first = a.batch(2);
        #[inline]
        stage second = b.skip(1).batch(2);
        sink pairs = zip(first, second).count();
    });
    assert_eq!((with_room, in_turn), (1, 1));
}

/// What runs inside the fork ends while the fork goes on.
#[test]
fn a_rest_inside_a_fork() {
    stops(of_any_shape! {
        #![buffer(0)]
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage late = a.skip(2).batch(2);
        #[inline]
        stage few = b.take(3).batch(2);
        sink pairs = zip(late, few).count();
    });
    stops(of_any_shape! {
        #![buffer(0)]
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage late = a.skip(2).batch(2);
        #[inline]
        stage some = b.take(3);
        #[inline]
        stage few = some.batch(2);
        sink pairs = zip(late, few).count();
    });
    // one more has come to the others than there is in the group
    stops(of_any_shape! {
        #![buffer(0)]
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage late = a.skip(3).batch(3);
        #[inline]
        stage few = b.take_while(|n| *n < 4).batch(3);
        sink pairs = zip(late, few).count();
    });
    let while_small = runs(pipeline! {
        #![buffer(0)]
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage late = a.skip(2).batch(3);
        #[inline]
        stage few = b.take_while(|n| *n < 4).batch(3);
        sink pairs = zip(late, few).count();
    });
    let pairs = runs(pipeline! {
        #![buffer(0)]
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage late = a.skip(2).batch(2);
        #[inline]
        #[buffer(2)]
        stage few = b.take(3).batch(2);
        sink pairs = zip(late, few).count();
    });
    // it ends with the fork
    let all = runs(pipeline! {
        #![buffer(0)]
        source numbers = 0..MANY + 1;
        stage (a, b) = numbers.tee();
        stage late = a.skip(2).batch(2);
        #[inline]
        stage few = b.batch(2);
        sink pairs = zip(late, few).count();
    });
    assert_eq!((while_small, pairs, all), (2, 2, MANY / 2));
}
