//! Streams, values and pipelines with names that mean something else.

#![allow(
    clippy::missing_docs_in_private_items,
    clippy::never_loop,
    clippy::semicolon_outside_block,
    clippy::just_underscores_and_digits,
    clippy::shadow_unrelated,
    clippy::used_underscore_binding,
    reason = "names are what this is about"
)]

use core::convert::Infallible;

use flow::{Pipeline, pipeline};

/// Pipelines whose streams, and whose values, have these names.
macro_rules! called {
    ($($name:ident)*) => {{
        let streams: Pipeline<u64, Infallible> = pipeline! {
            #![error(Infallible)]
            $(source $name = [1_u64];)*
            stage all = merge($($name),*);
            sink total = all.count();
        };
        $(let $name = 1_u64;)*
        let values: Pipeline<u64, Infallible> = pipeline! {
            #![error(Infallible)]
            clone $($name),*;
            source numbers = [1_u64 $(^ $name)*];
            #[workers(2)]
            stage folded = numbers.map(|n| n $(^ $name)*);
            sink total = folded.fold(0 $(^ $name)*, |sum, n| sum ^ n $(^ $name)*);
            total $(^ $name)*
        };
        (streams, values)
    }};
}

/// A sink of this name, behind a stage of that one.
macro_rules! sinks {
    ($($stage:ident $sink:ident)*) => {
        [$(
            pipeline! {
                #![error(Infallible)]
                #![inline]
                source first = 0..3_u64;
                stage $stage = first.flat_map(|n| [n, n]).take(3);
                sink $sink = $stage.fold(0, |sum, n| sum ^ n);
                $sink ^ 1
            }
        ),*]
    };
}

/// Names of primitive types, of keywords, of what generated code has, of functions and types around, and of other letters.
#[inline]
pub fn streams() -> [Pipeline<u64, Infallible>; 6] {
    let (streams, values) = called! {
        u64 usize bool str char r#type r#match r#async r#fn r#loop r#let r#move
        item items task tasks out outs slots kept value values error errors next frontier launch pipeline
        settings graph view start tail finish crew handles worker order key keys source kind target body place hand
        arrived failures rejects rejected count batch map filter fold take tee count_0 map_0 state states ending windows
        items_of_first tx_of_first rx_of_first output_of_second to_first workers_of_first value_of_total map_0_of_second
        core std alloc flow tokio string drop streams names clone
        größe ß ø _x __ _1
    };
    let [one, two, three, four] = sinks! { item r#type slots u64 to_a a_items value value_of_value };
    [streams, values, one, two, three, four]
}

/// Holds values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holder {
    /// A number.
    item: u64,
}

/// What may be processed.
pub(crate) trait Process {
    /// How often.
    const TIMES: u64;

    /// Processes it.
    fn process(&self, task: u64) -> Pipeline<u64, Infallible>;
}

impl Process for Holder {
    const TIMES: u64 = 3;

    fn process(&self, task: u64) -> Pipeline<u64, Infallible> {
        let error = self.item;
        'stage: loop {
            'item: {
                if task > 3 {
                    break 'item;
                }
                break 'stage pipeline! {
                    #![error(Infallible)]
                    let item = self.item;
                    let task = Self::TIMES;
                    source value = 0..Self::TIMES;
                    #[workers(Self::COUNT), buffer(self.count())]
                    stage out = value.map(|n| { 'stage: loop { break 'stage n ^ item ^ task ^ Self::TIMES; } });
                    sink slots = out.map(Self::twice).fold(error, |kept, value| kept ^ value);
                    slots
                };
            }
            return pipeline! {
                #![error(Infallible)]
                source none = 0..task;
                sink all = none.count();
            };
        }
    }
}

impl Holder {
    const COUNT: usize = 2;

    const fn count(&self) -> usize {
        if self.item > 3 { 1 } else { 2 }
    }

    const fn twice(n: u64) -> u64 {
        n.wrapping_mul(2)
    }

    pipeline! {
        /// With a constant of the type.
        pub(crate) fn r#match(r#type: u64) -> Pipeline<u64, Infallible> {
            source r#async = 0..r#type;
            stage r#loop = r#async.map(|r#in| r#in ^ r#type ^ Self::TIMES).map(Self::twice);
            sink r#fn = r#loop.count();
            r#fn ^ r#type
        }
    }
}

/// All that has `self`.
#[inline]
pub fn methods() -> (Pipeline<u64, Infallible>, Pipeline<u64, Infallible>, usize) {
    let holder = Holder::default();
    (holder.process(3), Holder::r#match(3), Holder::MATCH_GRAPH.stages.len())
}

/// Functions and closures that are called as the parameters that generated code gives them.
#[inline]
pub fn wraps() -> Pipeline<u64, Infallible> {
    const fn item(n: u64) -> u64 {
        n
    }
    const fn value_0(n: u64) -> u64 {
        n
    }
    pipeline! {
        #![error(Infallible)]
        source small = 0..3_u64;
        source large = 9..12_u64;
        stage all = merge(item(small), value_0(large));
        sink total = all.map(value_0).map(item).count();
    }
}

/// Two on one line, and one in another's body.
#[inline]
#[rustfmt::skip]
pub fn nested() -> (Pipeline<u64>, Pipeline<u64>, Pipeline<u64>) {
    let n = 3_u64;
    let (one, two) = (pipeline! { source a = 0..n; sink n = a.count(); }, pipeline! { source a = 0..n; sink n = a.count(); });
    let outer = pipeline! {
        source numbers = 0..n;
        stage inner = numbers.map(async |item| {
            let inner = pipeline! {
                #![error(Infallible)]
                source numbers = 0..item;
                stage inner = numbers.map(|item| item ^ n);
                sink total = inner.count();
            };
            inner.run().await?
        });
        sink total = inner.fold(0, |sum, n| sum ^ n);
    };
    (one, two, outer)
}
