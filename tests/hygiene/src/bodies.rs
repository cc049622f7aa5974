//! Bodies that lints like to talk about.

#![allow(
    clippy::infinite_loop,
    clippy::many_single_char_names,
    clippy::needless_pass_by_value,
    clippy::shadow_unrelated,
    reason = "what lints say of these bodies they say of the user's code"
)]

use core::convert::Infallible;
use core::future::ready;
use core::hint::spin_loop;
use core::num::ParseIntError;
use std::fs;
use std::io;

use flow::{BoxError, Input, Output, Pipeline, pipeline};

/// Nothing.
const fn nothing(_: u64) {}

/// Hands everything on.
async fn pass(mut input: Input<u64, Infallible>, mut output: Output<u64>) {
    while let Some(n) = input.next().await {
        output.send(n).await;
    }
}

pipeline! {
    /// Bodies that come to no end of their own, that look at nothing and that give nothing.
    pub fn diverging(numbers: Vec<u64>) -> Pipeline<u64, ParseIntError> {
        source numbers = numbers;
        stage early = numbers.map(|n| { if n > 3 { return n; } 4 });
        stage returned = early.map(|n| return n).map(|n| { spin_loop(); return n }).map(|n| { return n; });
        stage asynchronous = returned.map(async |n| return n).map(async |n| { ready(()).await; return n; });
        stage never = asynchronous.map(|_| loop { spin_loop(); }).map(|n: u64| n);
        stage nothing_given = never.inspect(|_| ()).inspect(|_| {}).map(|_| 3);
        stage typed = nothing_given.map(|n: u64| -> u64 { n }).map(async |n: u64| -> u64 { n });
        stage filtered = typed.filter(|_| true).filter_map(|n| (n > 3).then_some(n)).filter_map(|_| None);
        sink all: u64 = filtered.map(|n: u64| n).for_each(nothing);
        all
    }
}

pipeline! {
    /// Whole stages by other hands.
    pub fn handed(numbers: Vec<u64>) -> Pipeline<u64, Infallible> {
        source numbers = numbers;
        stage a = numbers.process(async |input, output| pass(input, output).await);
        stage b = a.process(async |mut input, _output| { let _item: Option<u64> = input.next().await; });
        source none: u64 = async |_out| {};
        source ever: u64 = async |out| loop { out.send(1).await; };
        source one: u64 = async |out| out.send(1).await;
        #[blocking]
        source quiet: u64 = |_out| {};
        stage all = merge(b, none, ever, one, quiet);
        sink seen = all.for_each(|_| ());
        seen
    }
}

/// What is used once, several times, and only by name in a text.
#[inline]
pub fn captured(one: String, two: String, three: &str) -> Pipeline<(usize, u64)> {
    let owned = three.to_owned();
    let width = 3_usize;
    let unused_here = one.clone();
    pipeline! {
        clone two, owned, width;
        source numbers = async |out| {
            for n in 0..3_u64 {
                out.send(n).await;
            }
            drop(unused_here);
        };
        stage a = numbers.map(|n| format!("{n} {two:?}"));
        stage b = a.map(|text| format!("{text:>width$} {{owned}} {owned}"));
        stage c = b.map(|text| { let two = text; two.trim().to_owned() });
        stage d = c.filter(|text| *text != one);
        stage e = d.flat_map(|text| { let mut all = vec![text]; all.push(two.clone()); all });
        sink lengths = e.fold(width, |sum, text| { let all = owned.len(); sum.wrapping_add(text.len()).wrapping_add(all) });
        source other = [width];
        sink told = other.for_each(async |at| drop(format!("{at} {two}")));
        (lengths, told)
    }
}

/// An error of every kind.
#[inline]
pub fn errors() -> (Pipeline<(), BoxError>, Pipeline<(), Infallible>, Pipeline<(), io::Error>) {
    let boxed = pipeline! {
        source texts = ["1", "x"];
        sink all = texts.map(|text| text.parse::<u64>()?).discard();
    };
    let infallible = pipeline! {
        #![error(Infallible)]
        source n = [1_u64];
        sink all = n.discard();
    };
    let io = pipeline! {
        #![error(io::Error)]
        source n = [1_u64];
        stage m = n.map(|at| fs::read(at.to_string())?);
        sink all = m.for_each(|bytes| if bytes.is_empty() { return; });
    };
    (boxed, infallible, io)
}
