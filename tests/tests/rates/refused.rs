//! Each shape that is refused, and the same with the help applied.

use pipeline_runtime::{__pipeline_of_any_shape as of_any_shape, pipeline};

use crate::support::{runs, stops};

const MANY: u64 = 100_000;

#[test]
fn filter_in_one_branch() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage kept = a.filter(|n| *n >= MANY - 1);
        sink pairs = zip(kept, b).count();
    });
    let pairs = runs(pipeline! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.filter(|n| *n >= MANY - 1).tee();
        sink pairs = zip(a, b).count();
    });
    assert_eq!(pairs, 1);
}

#[test]
fn skip() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        #[buffer(8)]
        stage (a, b) = numbers.tee();
        stage late = a.skip(8);
        sink pairs = zip(late, b).count();
    });
    let pairs = runs(pipeline! {
        source numbers = 0..MANY;
        #[buffer(9)]
        stage (a, b) = numbers.tee();
        stage late = a.skip(8);
        sink pairs = zip(late, b).count();
    });
    assert_eq!(pairs, MANY - 8);
}
