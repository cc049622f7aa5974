//! Stages that run inside a fork: an item goes to the edges first, and then to them.

use pipeline_runtime::{__pipeline_of_any_shape as of_any_shape, pipeline};

use crate::support::{runs, stops};

const MANY: u64 = 20_000;

/// What waits for room inside the fork has an item in hand that the other branch has been given.
#[test]
fn an_item_in_hand_inside_the_fork_counts() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        #[buffer(0)]
        stage (a, b) = numbers.tee();
        stage late = a.skip(4);
        #[inline]
        #[buffer(3)]
        stage same = b.map(|n| n);
        sink pairs = zip(late, same).count();
    });
    let pairs = runs(pipeline! {
        source numbers = 0..MANY;
        #[buffer(0)]
        stage (a, b) = numbers.tee();
        stage late = a.skip(4);
        #[inline]
        #[buffer(4)]
        stage same = b.map(|n| n);
        sink pairs = zip(late, same).count();
    });
    assert_eq!(pairs, MANY - 4);
}

/// Of two that run inside, the first has its item before the second.
#[test]
fn stages_inside_have_their_turn_in_order() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        #[inline]
        #[buffer(4)]
        stage same = a.map(|n| n);
        #[inline]
        stage late = b.skip(4);
        sink pairs = zip(same, late).count();
    });
    let second = runs(pipeline! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        #[inline]
        stage late = a.skip(4);
        #[inline]
        #[buffer(4)]
        stage same = b.map(|n| n);
        sink pairs = zip(same, late).count();
    });
    let first = runs(pipeline! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        #[inline]
        #[buffer(5)]
        stage same = a.map(|n| n);
        #[inline]
        stage late = b.skip(4);
        sink pairs = zip(same, late).count();
    });
    assert_eq!((first, second), (MANY - 4, MANY - 4));
}
