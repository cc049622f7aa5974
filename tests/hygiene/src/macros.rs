//! Pipelines in macros, in generic functions and among constants.

#![allow(
    clippy::default_numeric_fallback,
    clippy::impl_trait_in_params,
    clippy::must_use_candidate,
    clippy::shadow_reuse,
    clippy::shadow_same,
    clippy::similar_names,
    reason = "what lints say of these they say of the user's code"
)]

use core::convert::Infallible;
use core::fmt::Debug;
use core::future::ready;
use core::hash::Hash;

use flow::{Flow, Pipeline, pipeline};

/// A pipeline of what it is given.
macro_rules! of_parts {
    ($name:ident: $ty:ty = $source:expr, $count:literal, |$x:pat_param| $body:expr, $op:path) => {{
        let item = 1_u64;
        pipeline! {
            #![error(Infallible)]
            clone item;
            source numbers: $ty = $source;
            #[workers($count)]
            stage $name: $ty = numbers.map(|$x| $body).map($op).map(|n| n ^ item);
            sink total = $name.fold(item, |sum, n| sum ^ n);
            total
        }
    }};
}

/// A `fn` with this head and operators.
macro_rules! function {
    ($(#[$doc:meta])* $vis:vis $name:ident($($argument:ident: $ty:ty),*) -> $out:ty; $($chain:tt)*) => {
        pipeline! {
            $(#[$doc])*
            $vis fn $name($($argument: $ty),*) -> Pipeline<$out, Infallible> {
                source numbers = 0..9_u64;
                sink total = numbers$($chain)*;
            }
        }
    };
}

function! {
    /// From a macro.
    pub from_macro(limit: u64, other: u64) -> u64; .filter(|n| *n < limit).map(|n| n ^ other).fold(0, |sum, n| sum ^ n)
}

/// The operators of a sum.
macro_rules! summed {
    ($input:ident) => {
        pipeline! {
            #![error(Infallible)]
            source numbers = $input;
            sink total = numbers.map(|n| n ^ 1).fold(0, |sum, n| sum ^ n);
        }
    };
}

/// Doubles.
const fn double(n: u64) -> u64 {
    n.wrapping_mul(2)
}

/// A name inside a macro and the same one outside.
#[inline]
pub fn parts() -> (Pipeline<u64, Infallible>, Pipeline<u64, Infallible>) {
    let item = 7_u64;
    let upto = 0..item;
    (of_parts!(odd: u64 = 0..item, 2, |n| { n ^ item }, double), summed!(upto))
}

/// How many.
const MANY: usize = 4;
/// How many more.
static MORE: usize = MANY + 1;

/// Constants everywhere.
#[inline]
#[must_use = "nothing runs"]
pub fn constant<const N: usize>(numbers: [u64; N]) -> Pipeline<(u64, [u64; N]), Infallible> {
    const LOCAL: u64 = 3;
    pipeline! {
        #![error(Infallible)]
        #![buffer(MANY)]
        source numbers = numbers;
        #[workers(N)]
        stage mapped = numbers.map(|n| match n { LOCAL => 1, n => n ^ LOCAL });
        #[in_flight(MORE), buffer(const { MANY * 2 })]
        stage later = mapped.map(async |n| ready(n).await);
        stage batches = later.batch(MANY.saturating_sub(N));
        sink total = batches.count();
        (total, [total; N])
    }
}

/// Everything generic.
#[inline]
pub fn generic<T, U, F, I>(items: I, make: F, name: &str) -> impl Future<Output = Option<U>>
where
    I: IntoIterator<Item = T, IntoIter: Send> + Send + 'static,
    T: Send + 'static,
    U: Debug + Clone + Hash + Eq + Send + Sync + 'static,
    F: Fn(T) -> U + Send + Sync + 'static,
{
    let whole = name.to_owned();
    async move {
        let all = pipeline! {
            #![error(Infallible)]
            source items = items;
            #[workers(2)]
            stage made: U = items.map(|item| make(item));
            #[keyed(U::clone)]
            stage kept = made.filter(|made| !format!("{made:?}").contains(&whole)).dedup();
            sink last = kept.last();
        };
        all.run().await.ok().flatten()
    }
}

pipeline! {
    /// A generic fragment.
    pub fn distinct<T, const N: usize>(name: &str, first: impl Fn(&T) -> bool + Send + Sync + 'static) -> Flow<T, Vec<T>, Infallible>
    where
        T: PartialEq + Clone + Send + Sync + 'static,
    {
        let name = name.to_owned();
        source items = input;
        #[workers(N)]
        stage some = items.filter(|item| first(item) && !name.is_empty());
        sink out = some.dedup().batch(N).output();
    }
}

/// In a closure, and in an async block.
#[inline]
pub fn elsewhere() -> Vec<Pipeline<u64, Infallible>> {
    let make = |n: u64| pipeline! { #![error(Infallible)] source a = 0..n; sink b = a.count(); };
    (0..3)
        .map(make)
        .chain([3].map(|n| pipeline! { #![error(Infallible)] source a = 0..n; sink b = a.count(); }))
        .collect()
}
