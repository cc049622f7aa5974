//! `#[cfg(…)]` on statements and branches.

use pipeline_runtime::{Pipeline, pipeline};

use crate::run;

#[test]
fn a_stage_that_is_there_and_one_that_is_not() {
    let pipeline = pipeline! {
        source a = 0..4u64;
        #[cfg(test)]
        stage b = a.map(|n| n * 10);
        #[cfg(not(test))]
        stage b = a.map(|n| n * this_is_not_even_resolved);
        sink s = b.fold(0, |sum, n| sum + n);
    };
    assert_eq!(run(pipeline).unwrap(), 60);
}

#[test]
fn every_kind_of_item() {
    let shared = std::sync::Arc::new(1u64);
    let pipeline = pipeline! {
        #[cfg(all())]
        clone shared;
        #[cfg(any())]
        clone not_there;
        #[cfg(all())]
        let step = 2;
        #[cfg(any())]
        let step = "of another type";
        #[cfg(any())]
        source a = nothing();
        #[cfg(all())]
        source a = 0..4u64;
        #[cfg(any())]
        sink gone = a.count();
        #[cfg(all())]
        sink s = a.fold(0, |sum, n| sum + n * step * *shared);
        #[cfg(all())]
        source t = [*shared];
        #[cfg(all())]
        sink n = t.count();
    };
    assert_eq!(run(pipeline).unwrap(), (12, 1));
}

#[test]
fn branches() {
    let pipeline = pipeline! {
        source a = 0..9u64;
        stage (b, #[cfg(any())] c: Vec<(u8, u8)>, #[cfg(all())] #[lossy(drop_oldest)] d: u64, #[cfg(test), doc = "x"] e) = a.tee();
        stage (low, #[cfg(all())] high, #[cfg(any())] none) = b.route(|n| match n {
            0..3 => low(n),
            #[cfg(any())]
            3 => none(n),
            _ => high(n),
        });
        sink l = low.count();
        sink h = high.count();
        #[cfg(any())]
        sink i = c.count();
        sink j = d.count();
        sink k = e.count();
    };
    assert_eq!(pipeline.graph().edges.len(), 6);
    assert_eq!(run(pipeline).unwrap(), (3, 6, 9, 9));
}

#[test]
fn one_branch_that_is_left() {
    let pipeline = pipeline! {
        source a = 0..9u64;
        stage (b, #[cfg(any())] view) = a.tee();
        #[workers(2)]
        stage (all, #[cfg(any())] rest) = b.map(|n| n).route(|n| match n {
            0 => skip(),
            #[cfg(any())]
            1 => rest(n),
            _ => all(n),
        });
        #[cfg(any())]
        sink seen = merge(view, rest).count();
        stage (only, #[cfg(any())] gone) = all.route(|n| only(n));
        sink n = only.collect::<Vec<u64>>();
    };
    assert_eq!(run(pipeline).unwrap(), (1..9).collect::<Vec<_>>());
}

/// The tail is Rust's own: a field of it may depend on the same predicate.
#[test]
fn a_tail_of_what_is_left() {
    struct Counts {
        all: u64,
        #[cfg(not(test))]
        extra: u64,
    }
    let pipeline = pipeline! {
        source a = 0..9u64;
        stage (b, #[cfg(not(test))] c) = a.tee();
        sink all = b.count();
        #[cfg(not(test))]
        sink extra = c.count();
        Counts { all, #[cfg(not(test))] extra }
    };
    assert_eq!(run(pipeline).unwrap().all, 9);
}

#[test]
fn several_predicates_of_many_statements() {
    let pipeline = pipeline! {
        #![name = "several"]
        #![buffer(16)]
        source numbers = 0..100u64;
        #[cfg(feature = "more")]
        stage (plain, view) = numbers.tee();
        #[cfg(not(feature = "more"))]
        stage plain = numbers.map(|n| n);
        #[cfg(all(test, not(any(windows, target_os = "none"))))]
        stage even = plain.filter(|n| n % 2 == 0);
        #[cfg(not(all(test, not(any(windows, target_os = "none")))))]
        stage even = plain.filter(|n| n % 2 == 1);
        #[cfg(debug_assertions), workers(2)]
        stage slow = even.map(|n| n);
        #[workers(4), cfg(not(debug_assertions))]
        stage slow = even.map(|n| n);
        sink count = slow.count();
        #[cfg(feature = "more")]
        sink seen = view.discard();
    };
    assert_eq!(pipeline.name(), "several");
    assert_eq!(pipeline.graph().stages.len(), if cfg!(feature = "more") { 6 } else { 5 });
    let workers = if cfg!(debug_assertions) { "2" } else { "4" };
    assert_eq!(pipeline.graph().stage("slow").unwrap().policies[0].value, workers);
    assert_eq!(run(pipeline).unwrap(), 50);
}

pipeline! {
    /// Has another shape in tests.
    #[must_use]
    pub(crate) fn shaped<T: Clone + Send + 'static>(items: Vec<T>) -> Pipeline<u64> {
        #![buffer(4)]
        source items = items;
        #[cfg(test)]
        stage (first, #[cfg(not(test))] nothing, second) = items.tee();
        #[cfg(not(test))]
        stage first = items.map(|x| x);
        sink count = first.count();
        #[cfg(test)]
        sink other = second.for_each(|_| ());
        count
    }
}

struct Holder;

impl Holder {
    pipeline! {
        /// In an `impl` block.
        fn held(n: u64) -> Pipeline<u64> {
            source a = 0..n;
            #[cfg(test)]
            stage b = a.map(|n| n + 1);
            #[cfg(not(test))]
            stage b = a.map(|n| n + 2);
            sink s = b.fold(0, |sum, n| sum + n);
        }
    }
}

#[test]
fn in_the_fn_form() {
    assert_eq!(run(shaped(vec!['a', 'b'])).unwrap(), 2);
    assert_eq!(SHAPED_GRAPH.stages.len(), 4);
    assert_eq!(run(Holder::held(2)).unwrap(), 3);
    assert_eq!(Holder::HELD_GRAPH.stages.len(), 3);
    pipeline! {
        fn local(n: u64) -> Pipeline<u64> {
            source a = 0..n;
            #[cfg(any())]
            stage gone = a.map(|n| n);
            sink s = a.count();
        }
    }
    assert_eq!(run(local(3)).unwrap(), 3);
    assert_eq!(LOCAL_GRAPH.stages.len(), 2);
}

#[test]
fn lines_and_places_are_those_of_the_source() {
    let line = line!() + 1;
    let pipeline = pipeline! {
        source a = 0..3;
        #[cfg(test)]
        sink s = a.count();
    };
    assert_eq!(pipeline.name(), format!("{}:{line}", file!()));
    let lines: Vec<u32> = pipeline.graph().stages.iter().map(|stage| stage.line).collect();
    assert_eq!(lines, [line + 1, line + 3]);
}
