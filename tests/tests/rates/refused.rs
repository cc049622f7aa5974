//! Each kind of shape that is refused, and one near it that is accepted.

use std::fmt;

use pipeline_runtime::{__pipeline_of_any_shape as of_any_shape, pipeline};

use crate::support::{runs, stops};

/// More than any edge here holds.
const MANY: u64 = 20_000;

fn last(n: u64) -> Result<u64, fmt::Error> {
    if n == MANY - 1 { Ok(n) } else { Err(fmt::Error) }
}

#[test]
fn filter_in_one_branch() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage kept = a.filter(|n| *n == MANY - 1);
        sink pairs = zip(kept, b).count();
    });
    let before = runs(pipeline! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.filter(|n| *n == MANY - 1).tee();
        sink pairs = zip(a, b).count();
    });
    let behind = runs(pipeline! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        sink pairs = zip(a, b).filter(|(n, _)| *n == MANY - 1).count();
    });
    let merged = runs(pipeline! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage kept = a.filter(|n| *n == MANY - 1);
        sink items = merge(kept, b).count();
    });
    assert_eq!((before, behind, merged), (1, 1, MANY + 1));
}

#[test]
fn flat_map_in_one_branch() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage twice = a.flat_map(|n| [n, n]);
        sink pairs = zip(twice, b).count();
    });
    let pairs = runs(pipeline! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.flat_map(|n| [n, n]).tee();
        sink pairs = zip(a, b).count();
    });
    assert_eq!(pairs, 2 * MANY);
}

/// In each of the two rings the filter is in one branch only, and no `zip` reads two streams of one fork.
#[test]
fn two_tees_crosswise() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        source others = 0..MANY;
        stage (a, b) = numbers.tee();
        stage (c, d) = others.tee();
        stage kept = a.filter(|n| *n == MANY - 1);
        sink one = zip(kept, c).count();
        sink other = zip(d, b).count();
    });
    stops(of_any_shape! {
        #![buffer(8)]
        source numbers = 0..MANY;
        source others = 0..MANY;
        stage (a, b) = numbers.tee();
        stage (c, d) = others.tee();
        stage late = a.skip(16);
        sink one = zip(late, c).count();
        sink other = zip(d, b).count();
    });
    for buffer in [0usize, 1, 8, 1024] {
        stops(of_any_shape! {
            #![buffer(buffer)]
            source numbers = 0..MANY;
            source others = 0..MANY;
            stage (a, b) = numbers.tee();
            stage (c, d) = others.tee();
            stage groups = a.batch(2);
            sink one = zip(groups, c).count();
            sink other = zip(d, b).count();
        });
        stops(of_any_shape! {
            #![buffer(buffer)]
            source numbers = 0..MANY;
            source others = 0..MANY;
            stage (a, b) = numbers.tee();
            stage (c, d) = others.tee();
            stage parts = a.flat_map(|n| [n, n]);
            sink one = zip(parts, c).count();
            sink other = zip(d, b).count();
        });
    }
    // what is on the two full edges together is enough
    let values = runs(pipeline! {
        source numbers = 0..MANY;
        source others = 0..MANY;
        #[buffer(8)]
        stage (a, b) = numbers.tee();
        #[buffer(9)]
        stage (c, d) = others.tee();
        stage late = a.skip(16);
        sink one = zip(late, c).count();
        sink other = zip(d, b).count();
    });
    assert_eq!(values, (MANY - 16, MANY));
    // one item for each everywhere: no edge is too small
    for buffer in [0usize, 1, 2, 3, 8, 1024] {
        let values = runs(pipeline! {
            #![buffer(buffer)]
            source numbers = 0..MANY;
            source others = 0..MANY;
            stage (a, b) = numbers.tee();
            stage (c, d) = others.tee();
            sink one = zip(a, c).count();
            sink other = zip(d, b).count();
        });
        assert_eq!(values, (MANY, MANY));
    }
}

#[test]
fn concat_of_a_tee() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        sink items = concat(a, b).count();
    });
    let items = runs(pipeline! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        sink items = merge(a, b).count();
    });
    assert_eq!(items, 2 * MANY);
}

/// The first input is the only one until it has ended, and with it the fork; the items of a later one have those of others
/// before them.
#[test]
fn concat_with_another_source() {
    let pairs = runs(pipeline! {
        #![buffer(1)]
        source numbers = 0..MANY;
        source more = 0..MANY;
        stage (a, b) = numbers.tee();
        stage all = concat(a, more);
        sink pairs = zip(all, b).count();
    });
    assert_eq!(pairs, MANY);
    stops(of_any_shape! {
        #![buffer(1)]
        source numbers = 0..MANY;
        source more = 0..MANY;
        stage (a, b) = numbers.tee();
        stage all = concat(more, a);
        sink pairs = zip(all, b).count();
    });
}

#[test]
fn batch_in_one_branch() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage groups = a.batch(10);
        sink pairs = zip(groups, b).count();
    });
    let alike = runs(pipeline! {
        #![buffer(0)]
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage groups = a.batch(10);
        stage others = b.window(0, |sum, n| *sum += n, count = 5);
        stage both = others.batch(2);
        sink pairs = zip(groups, both).count();
    });
    assert_eq!(alike, MANY / 10);
}

/// Groups close by time in one branch, and have more items in the other.
#[test]
fn batch_by_time() {
    use std::time::Duration;
    stops(of_any_shape! {
        #![buffer(4)]
        source numbers = async |out| { for n in 0..MANY { tokio::time::sleep(Duration::from_secs(1)).await; out.send(n).await; } };
        stage (a, b) = numbers.tee();
        stage groups = a.batch(10, 1500ms);
        stage others = b.batch(10);
        sink pairs = zip(groups, others).count();
    });
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

/// What the check takes an edge to hold is what the runtime lets it hold.
#[test]
fn skip_with_the_default_buffer() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage late = a.skip(1024);
        sink pairs = zip(late, b).count();
    });
    let pairs = runs(pipeline! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage late = a.skip(1023);
        sink pairs = zip(late, b).count();
    });
    assert_eq!(pairs, MANY - 1023);
}

#[test]
fn a_number_that_is_computed() {
    let (items, buffer) = (100usize, 100usize);
    stops(of_any_shape! {
        source numbers = 0..MANY;
        #[buffer(buffer)]
        stage (a, b) = numbers.tee();
        stage late = a.skip(items);
        sink pairs = zip(late, b).count();
    });
    stops(of_any_shape! {
        source numbers = 0..MANY;
        #[buffer(buffer)]
        stage (a, b) = numbers.tee();
        stage late = a.skip(100);
        sink pairs = zip(late, b).count();
    });
}

#[test]
fn route_into_a_zip() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (few, most) = numbers.route(|n| if n == MANY - 1 { few(n) } else { most(n) });
        sink pairs = zip(few, most).count();
    });
    let items = runs(pipeline! {
        source numbers = 0..MANY;
        stage (few, most) = numbers.route(|n| if n == MANY - 1 { few(n) } else { most(n) });
        sink items = merge(few, most).count();
    });
    assert_eq!(items, MANY);
}

#[test]
fn what_fails() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage good = numbers.map(|n| last(n)?) else bad;
        sink pairs = zip(good, bad).count();
    });
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        #[on_error(skip)]
        stage good = a.map(|n| last(n)?);
        sink pairs = zip(good, b).count();
    });
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage good = a.map(|n| last(n)?) else bad;
        sink pairs = zip(good, b).count();
        sink failed = bad.count();
    });
    let pairs = runs(pipeline! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage good = a.map(|n| last(n).ok());
        sink pairs = zip(good, b).count();
    });
    assert_eq!(pairs, MANY);
}

#[test]
fn merge_in_one_branch() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage (c, d) = a.tee();
        stage twice = merge(c, d);
        sink pairs = zip(twice, b).count();
    });
}

#[test]
fn other_operators_that_count_as_they_like() {
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage few = a.process(async |input, output| {
            while let Some(n) = input.next().await { if n == MANY - 1 { output.send(n).await; } }
        });
        sink pairs = zip(few, b).count();
    });
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        #[keyed(|n| n % 4000)]
        stage groups = a.batch(2);
        stage others = b.batch(2);
        sink pairs = zip(groups, others).count();
    });
    stops(of_any_shape! {
        source numbers = 0..MANY;
        stage (a, b) = numbers.tee();
        stage same = a.map(|n| n / MANY).dedup();
        sink pairs = zip(same, b).count();
    });
}

/// One side of a join ends, and with it all that waits for the other one.
#[test]
fn an_end_breaks_a_cycle() {
    let values = runs(pipeline! {
        #![buffer(0)]
        source numbers = 0..MANY;
        stage (a, b, c) = numbers.tee();
        stage few = a.take(3);
        stage fewer = b.take_while(|n| *n < 2);
        sink pairs = zip(few, fewer).count();
        sink all = c.count();
    });
    assert_eq!(values, (2, MANY));
}
