//! Nothing is called what it is called elsewhere: the prelude is gone, and its names, those of the primitive types, of
//! crates and of macros mean something else.

#![no_implicit_prelude]
#![allow(
    clippy::absolute_paths,
    clippy::default_numeric_fallback,
    clippy::min_ident_chars,
    clippy::std_instead_of_alloc,
    reason = "nothing can be imported under its name"
)]

use ::flow::{self, pipeline};

#[expect(unused_imports, reason = "that nobody means it is the point")]
use hostile::*;

/// What stands in the way.
#[expect(
    clippy::missing_const_for_fn,
    clippy::redundant_pub_crate,
    dead_code,
    non_camel_case_types,
    unused_imports,
    unused_macros,
    reason = "hostile"
)]
mod hostile {
    /// Types of these names.
    macro_rules! types {
        ($($name:ident)*) => { $(
            /// Stands in the way.
            pub(crate) enum $name {}
        )* };
    }

    types! {
        Option Some None Result Ok Err Vec Box String ToString Arc HashMap Duration Infallible
        u8 u16 u32 u64 u128 usize i8 i16 i32 i64 isize bool char str f32 f64
        Launch Task Pipeline Flow Graph Rejected BoxError Items Errors Settings StageKind EdgeKind
        Clone Default Drop Copy Debug Display
    }

    /// Traits of these names, on everything.
    macro_rules! traits {
        ($($name:ident)*) => { $(
            /// Stands in the way.
            pub(crate) trait $name {}
            impl<T> $name for T {}
        )* };
    }

    traits! {
        Send Sync Sized Unpin Iterator IntoIterator Extend From Into Future IntoFuture Fn FnMut FnOnce AsyncFn AsyncFnMut
        SourceKind PartsKind ForwardKind Outlet Park Pull Parts
    }

    /// Functions of these names.
    macro_rules! functions {
        ($($name:ident)*) => { $(
            /// Stands in the way.
            pub(crate) fn $name() {}
        )* };
    }

    functions! { drop park items errors wait pull unique recurse extend state_of earliest is_due per_key assemble }

    /// Macros of these names.
    macro_rules! macros {
        ($($name:ident)*) => { $(
            macro_rules! $name {
                ($d:tt) => { compile_error!("another macro was meant") };
            }
            pub(crate) use $name;
        )* };
    }

    macros! { format vec assert assert_eq debug_assert panic matches println concat file line unreachable todo stringify }

    /// Crates of these names.
    pub(crate) mod core {}
    /// Crates of these names.
    pub(crate) mod std {}
    /// Crates of these names.
    pub(crate) mod alloc {}
    /// Crates of these names.
    pub(crate) mod tokio {}
    /// Crates of these names.
    pub(crate) mod pipeline_runtime {}
    /// Crates of these names.
    pub(crate) mod runtime {}
    /// Modules of these names.
    pub(crate) mod __private {}
    /// Modules of these names.
    pub(crate) mod witness {}
}

/// How many.
const COUNT: ::core::primitive::usize = 3;

/// A number, if it is one.
fn number(text: &::core::primitive::str) -> ::core::result::Result<::core::primitive::u64, ::core::num::ParseIntError> {
    ::core::primitive::str::parse(text)
}

pipeline! {
    /// All of it.
    pub fn all(lines: ::std::vec::Vec<::std::string::String>) -> flow::Pipeline<(::core::primitive::u64, ::core::primitive::u64), ::core::num::ParseIntError> {
        source lines = lines;
        #[workers(COUNT), buffer(2)]
        stage numbers = lines.map(|ref line| number(line)?) else rejects;
        #[in_flight(4)]
        stage later = numbers.map(async |n| ::core::future::ready(n).await).enumerate();
        #[keyed(|&(at, _)| at), workers(2)]
        stage keyed = later.dedup().filter(|&(at, _)| at < COUNT).map(|(_, n)| n);
        stage (one, two) = keyed.tee();
        #[inline]
        stage (small, large) = one.route(|n| match n { 0..3 => small(n), 3..9 => large(n), _ => skip() });
        stage joined = merge(small, large, two);
        stage windows = joined.window(0, |sum, n| *sum ^= n, every = 1s).map(|window| window.value);
        stage found = windows.recurse(|n, next| { let _pushed = next.push(0); n }, unique = |n| *n, frontier = 9);
        stage batches = found.take(9).skip(1).batch(3, 5ms);
        stage parts = batches.flat_map(|batch| batch).take_while(|n| *n > 3).scan(0, |_, n| n).map_init(|| 0, |_, n| n);
        stage handed = parts.process(async |input, output| {
            while let ::core::option::Option::Some(n) = input.next().await {
                output.send(n).await;
            }
        });
        stage apart = handed.via(part());
        #[on_error(skip)]
        sink total = apart.map(|n| number(if n > 3 { "3" } else { "x" })?).fold(0, |sum, n| sum ^ n);
        sink bad = rejects.count();
        (total, bad)
    }
}

pipeline! {
    /// A part.
    pub fn part() -> flow::Flow<::core::primitive::u64, ::core::primitive::u64, ::core::num::ParseIntError> {
        source n = input;
        sink out = n.filter(|n| *n > 0).output();
    }
}

/// The block form.
#[inline]
pub fn block() -> flow::Pipeline<(::core::primitive::u64, ::std::vec::Vec<::core::primitive::u64>)> {
    pipeline! {
        source n: ::core::primitive::u64 = async |out| out.send(1).await;
        #[blocking]
        source m = |out| { let _sent: ::core::primitive::bool = out.send(1); };
        stage (a, #[lossy(drop_oldest)] b) = n.tee();
        stage pairs = zip(a, m);
        sink seen = pairs.map(|(n, m)| n ^ m).for_each(|_| ());
        sink kept = b.collect::<::std::vec::Vec<_>>();
        (seen, kept)
    }
}
