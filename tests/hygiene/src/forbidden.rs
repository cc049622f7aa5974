//! What is forbidden cannot be allowed again, not by generated code either: all that rustc warns of and all groups of
//! clippy, with whatever could make them speak.
//!
//! Of clippy's restrictions `shadow_reuse` and `shadow_unrelated` alone can
//! be denied and not forbidden, where something is cloned under its own name.

#![forbid(warnings, nonstandard_style, rust_2018_idioms, unused)]
#![forbid(unused_qualifications, unused_results)]
#![forbid(clippy::all, clippy::pedantic, clippy::nursery)]
#![forbid(
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::shadow_same,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used
)]

use core::convert::Infallible;
use core::future::ready;
use std::process::abort;

use flow::{Flow, Pipeline, pipeline};

/// An event.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// A number.
    Number(u64),
    /// Two.
    Pair(u64, u64),
}

/// Both, as one.
const fn both(a: u64, b: u64) -> u64 {
    a ^ b
}

/// Never.
fn gone(_: u64) -> ! {
    abort()
}

/// Never either, by another type.
fn void(_: u64) -> Infallible {
    abort()
}

pipeline! {
    /// Bodies that only panic, or otherwise come to no end, in each kind of operator.
    pub fn diverging() -> Pipeline<u64, Infallible> {
        source source_a = 0..3_u64;
        stage typed = source_a.map(|_| -> u64 { abort() }).map(async |_| -> u64 { abort() });
        stage untyped = typed.map(|_| abort()).map(|n: u64| n).map(gone).map(|n: u64| n);
        stage later = untyped.map(async |n| { let _n = ready(n).await; abort() });
        stage last: u64 = later.map(|n: u64| { drop(ready(n)); abort() });
        stage tried = last.filter(|_| abort()).filter_map(|_| abort()).inspect(|_| abort()).flat_map(|_: u64| -> Vec<u64> { abort() });
        stage kept = tried.map_init(|| -> u64 { abort() }, |_, _| -> u64 { abort() }).scan(0_u64, |_, _| -> u64 { abort() });
        #[keyed(|_| -> u64 { abort() })]
        stage keyed = kept.dedup();
        stage walked = keyed.recurse(|_, _| -> u64 { abort() }, unique = |_| -> u64 { abort() });
        stage timed = walked.window(0_u64, |_, _| abort(), count = 3).map(|_| -> u64 { abort() });
        stage (low, high) = timed.route(|n| match n { 0 => low(n), 1 => high(n), _ => abort() });
        stage handed = low.process(async |_, _| abort());
        source ever: u64 = async |_out| abort();
        source often: u64 = async |out| loop { out.send(1).await; };
        #[blocking]
        source quiet: u64 = |_out| abort();
        stage all = merge(handed, high, ever, often, quiet);
        sink folded = all.fold(0, |_, _| abort());
        folded
    }
}

pipeline! {
    /// Bodies without a value, by a type that has none.
    pub fn uninhabited() -> Pipeline<u64, Infallible> {
        source numbers = 0..3_u64;
        stage none = numbers.map(void);
        stage still = none.map(|never| -> u64 { match never {} });
        stage (one, two) = still.tee();
        sink reduced = one.reduce(|_, _| abort());
        sink seen = two.for_each(|_| abort());
        reduced.map_or(seen, |n| n ^ seen)
    }
}

/// Names that are alike, that are used again, and that functions only hand on.
#[inline]
pub fn named(text: &str) -> (Pipeline<u64, Infallible>, Pipeline<Event, Infallible>) {
    let whole = text.to_owned();
    let shared = pipeline! {
        #![error(Infallible)]
        clone whole;
        source numbers_a = [1_u64, 2];
        source numbers_b = [3_u64, 4];
        stage left = numbers_a.map(|n| n ^ both(n, 1)).filter(|_| !whole.is_empty());
        stage right = numbers_b.filter(|_| whole.len() > 3);
        stage (k, l) = left.tee();
        stage (m, n) = right.tee();
        stage joined = merge(Event::Number(k), Event::Number(l), pair(m), Event::Number(n));
        sink total = joined.count();
        total
    };
    let tail = pipeline! {
        #![error(Infallible)]
        source numbers_a = [1_u64];
        source numbers_b = [1_u64];
        sink one = numbers_a.count();
        sink two = numbers_b.count();
        Event::Pair(one, two)
    };
    (shared, tail)
}

/// A pair of one.
const fn pair(n: u64) -> Event {
    Event::Pair(n, n)
}

pipeline! {
    /// A part.
    pub fn part(limit: u64) -> Flow<u64, u64, Infallible> {
        source n = input;
        sink out = n.filter(|n| *n < limit).output();
    }
}
