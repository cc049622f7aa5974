//! Pipelines in the text of other macros, whose fragments come in invisible parentheses.

use pipeline_runtime::{Flow, Pipeline, pipeline};

use crate::run;

macro_rules! of_fragments {
    (
        $(#[$doc:meta])* $vis:vis $name:ident($param:ident: $param_ty:ty) -> $output:ty;
        $source:ident = $items:expr; $map:expr; $item:ty; $workers:literal; $batch:expr; $within:literal;
        $pattern:pat => $body:expr; $policy:meta; $tail:expr
    ) => {
        pipeline! {
            $(#[$doc])*
            $vis fn $name($param: $param_ty) -> $output {
                source $source: $item = $items;
                #[workers($workers)]
                stage mapped: $item = $source.map($map);
                #[$policy]
                stage kept = mapped.filter_map(|$pattern| $body);
                stage batches = kept.batch($batch, $within);
                sink count = batches.fold(0, |sum, batch| sum + batch.len() as u64);
                $tail
            }
        }
    };
}

of_fragments! {
    /// Made by a macro.
    #[must_use]
    pub(crate) made(n: u64) -> Pipeline<u64>;
    numbers = 0..n; |n| n + 1; u64; 2; 1 + 2; 50ms;
    x => (x % 2 == 0).then_some(x); buffer(7); n
}

macro_rules! with_tail {
    ($n:ident => $tail:expr) => {
        pipeline! {
            source a = 0..$n;
            sink count = a.count();
            $tail
        }
    };
}

#[test]
fn every_kind_of_fragment() {
    // The tail is the caller's `n`, moved by the source's closure and the tail's: cloned for both.
    assert_eq!(run(made(10)).unwrap(), 10);
    assert_eq!(MADE_GRAPH.stage("kept").unwrap().policies, []);
    assert_eq!(MADE_GRAPH.edges[2].buffer, Some("7"));
    assert_eq!(MADE_GRAPH.stage("mapped").unwrap().policies[0].value, "2");
    assert_eq!(MADE_GRAPH.stage("batches").unwrap().operators, ["batch(1 + 2, 50ms)"]);
    let n = 3;
    assert_eq!(run(with_tail!(n => "tail".len())).unwrap(), 4);
}

macro_rules! counted {
    ($($name:ident: $items:expr),+ => $into:ident) => {
        pipeline! {
            $(source $name = $items;)+
            sink $into = merge($($name),+).count();
        }
    };
}

#[test]
fn repetitions() {
    assert_eq!(run(counted!(a: 0..3, b: 0..4, c: [1, 2] => n)).unwrap(), 9);
}

macro_rules! named {
    ($name:literal, $error:ty, $buffer:expr, $branch:path, $op:ident, $type:ty) => {
        pipeline! {
            #![name = $name]
            #![error($error)]
            #![buffer($buffer)]
            source numbers = ["1", "x", "3"];
            stage parsed: u64 = numbers.map(|ref text| text.parse::<u64>()?) else rejects;
            stage wrapped = merge($branch(parsed), $branch(none));
            source none = [7u64];
            sink count = wrapped.$op::<$type>();
            sink bad = rejects.count();
        }
    };
}

#[test]
fn inner_attributes_paths_and_types() {
    let pipeline = named!("given", std::num::ParseIntError, 2 + 2, Some, collect, Vec<Option<u64>>);
    assert_eq!(pipeline.name(), "given");
    let (mut all, bad) = run(pipeline).unwrap();
    all.sort();
    assert_eq!((all, bad), (vec![Some(1), Some(3), Some(7)], 1));
}

macro_rules! fragment {
    ($name:ident, $returned:ty, $function:expr) => {
        pipeline! {
            fn $name() -> $returned {
                source a = input;
                #[cfg(test)]
                stage b = a.map($function);
                #[cfg(not(test))]
                stage b = a.map($function).map($function);
                sink out = b.output();
            }
        }
    };
}

fragment!(doubled, Flow<u64, u64>, |n| n * 2);

#[test]
fn open_pipelines() {
    let pipeline = pipeline! {
        source a = 0..4u64;
        stage b = a.via(doubled());
        sink s = b.collect::<Vec<u64>>();
    };
    assert_eq!(run(pipeline).unwrap(), [0, 2, 4, 6]);
    assert_eq!(DOUBLED_GRAPH.stages.len(), 3);
}

macro_rules! whole {
    ($($tokens:tt)*) => { pipeline! { $($tokens)* } };
}

whole! {
    /// Passed through.
    fn passed_through(n: u64) -> Pipeline<u64> {
        source a = 0..n;
        sink s = a.count();
    }
}

#[test]
fn tokens_passed_through() {
    let offset = 2u64;
    let sum = whole! {
        source a = 0..3u64;
        sink s = a.map(|n| n + offset).fold(0, |sum, n| sum + n);
    };
    assert_eq!(run(sum).unwrap(), 9);
    assert_eq!(run(passed_through(3)).unwrap(), 3);
    assert_eq!(PASSED_THROUGH_GRAPH.name, "passed_through");
}

/// Names of the macro itself do not meet the caller's.
macro_rules! hygienic {
    ($caller:expr) => {{
        let n = 100u64;
        pipeline! {
            source a = 0..1u64;
            stage b = a.map(move |x| x + n + $caller);
            sink s = b.fold(0, |sum, x| sum + x);
        }
    }};
}

#[test]
fn names_of_both_macros() {
    let n = 1u64;
    assert_eq!(run(hygienic!(n)).unwrap(), 101);
}

macro_rules! conditional {
    ($predicate:meta, $name:ident) => {
        pipeline! {
            source a = 0..3;
            stage (b, #[cfg($predicate)] $name) = a.tee();
            sink s = b.count();
            #[cfg($predicate)]
            sink t = $name.count();
        }
    };
}

#[test]
fn predicates_of_fragments() {
    assert_eq!(run(conditional!(test, c)).unwrap(), (3, 3));
    assert_eq!(run(conditional!(not(test), c)).unwrap(), 3);
}
