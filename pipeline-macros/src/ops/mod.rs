//! The operators: one file each, with its spec, its docs and its emission side by side.

mod batch;
mod collect;
mod count;
mod dedup;
mod discard;
mod enumerate;
mod filter;
mod filter_map;
mod first;
mod flat_map;
mod fold;
mod for_each;
mod forward;
mod inspect;
mod last;
mod map;
mod map_init;
mod output;
mod process;
mod recurse;
mod reduce;
mod route;
mod scan;
mod skip;
mod skip_while;
mod take;
mod take_while;
mod tee;
mod via;
mod window;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::step::{Emission, Step};

/// What there is to know about an operator before it is called.
pub(crate) struct Spec {
    /// As users write it.
    pub(crate) name: &'static str,
    pub(crate) kind: OpKind,
    pub(crate) role: Role,
    /// The arguments in order.
    pub(crate) args: &'static [ArgKind],
    /// How many of `args` must be given.
    pub(crate) required: usize,
    /// What may be given by name, behind or between the arguments: `unique = |x| key`.
    pub(crate) options: &'static [OptionSpec],
    /// Keeps state from item to item: not allowed under `workers` without `keyed`.
    pub(crate) stateful: bool,
    /// Its per-item function may be an `async` closure.
    pub(crate) may_be_async: bool,
    /// How a call looks, for `help:` lines.
    pub(crate) summary: &'static str,
    /// The code it becomes.
    pub(crate) emission: Emission,
}

/// An option of an operator, written `name = …` among its arguments.
pub(crate) struct OptionSpec {
    pub(crate) name: &'static str,
    pub(crate) kind: ArgKind,
}

/// Which operator it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum OpKind {
    Map,
    Filter,
    FilterMap,
    FlatMap,
    Inspect,
    Enumerate,
    Take,
    TakeWhile,
    Skip,
    SkipWhile,
    Scan,
    Dedup,
    MapInit,
    Recurse,
    Batch,
    Window,
    Tee,
    Route,
    Process,
    Via,
    ForEach,
    Fold,
    Reduce,
    Collect,
    Count,
    First,
    Last,
    Forward,
    Discard,
    Output,
}

/// Where an operator may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// Anywhere in a stage or sink, fused with its neighbours.
    PerItem,
    /// Like [`Role::PerItem`], but holds items back: its local `…_items_of_…` has `due` and `flush`.
    Grouping,
    /// Last in a `stage (a, b) = …;`.
    FanOut,
    /// The only operator of its stage.
    Whole,
    /// Last in a `sink`.
    Terminal,
}

/// What an argument must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ArgKind {
    /// A closure or a path.
    Function {
        /// How many parameters the closure takes.
        params: usize,
    },
    /// Any expression.
    Value,
    /// A number of items.
    Count,
    /// A duration literal or an expression of type `Duration`.
    Duration,
    /// Whichever of both another option asks for.
    CountOrDuration,
}

/// Every operator, in the order of the documentation.
pub(crate) static ALL: &[Spec] = &[
    map::SPEC,
    filter::SPEC,
    filter_map::SPEC,
    flat_map::SPEC,
    inspect::SPEC,
    enumerate::SPEC,
    take::SPEC,
    take_while::SPEC,
    skip::SPEC,
    skip_while::SPEC,
    scan::SPEC,
    dedup::SPEC,
    map_init::SPEC,
    recurse::SPEC,
    batch::SPEC,
    window::SPEC,
    tee::SPEC,
    route::SPEC,
    process::SPEC,
    via::SPEC,
    for_each::SPEC,
    fold::SPEC,
    reduce::SPEC,
    collect::SPEC,
    count::SPEC,
    first::SPEC,
    last::SPEC,
    forward::SPEC,
    discard::SPEC,
    output::SPEC,
];

/// The operator of this name.
pub(crate) fn find(name: &str) -> Option<&'static Spec> {
    ALL.iter().find(|spec| spec.name == name)
}

/// Counts an item: the body of terminal operators that only count.
fn count(step: &Step<'_>) -> TokenStream {
    let (private, task) = (step.private(), step.task());
    let count = step.name("count");
    quote! {
        #private::drop(item);
        #count += 1;
        (&mut #task).note(#private::Fate::Done);
    }
}

/// A counter from zero.
fn counter(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    let count = step.name("count");
    quote!(let mut #count: #private::u64 = 0;)
}

/// The counter's value.
fn counted(step: &Step<'_>) -> TokenStream {
    let count = step.name("count");
    quote!(#count)
}

/// A value that may never come; under `keyed` those of all keys.
fn nothing_yet(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    if step.is_keyed() {
        let values = step.name("values");
        return quote!(let mut #values = #private::HashMap::new(););
    }
    let value = step.state();
    quote!(let mut #value = #private::None;)
}

/// Under `keyed`: borrows the value of the item's key.
fn borrow_value(step: &Step<'_>) -> Option<TokenStream> {
    let private = step.private();
    let (values, value) = (step.name("values"), step.state());
    step.is_keyed().then(|| quote!(let #value = #private::state_of(&mut #values, &key, || #private::None);))
}

/// The value as something to assign to.
fn value_place(step: &Step<'_>) -> TokenStream {
    let value = step.state();
    if step.is_keyed() { quote!(*#value) } else { quote!(#value) }
}

/// The value, if it has come; under `keyed` those of all keys.
fn what_there_is(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    if step.is_keyed() {
        let values = step.name("values");
        return quote!(#private::per_key(#values));
    }
    let value = step.state();
    if step.chain.ends_in_loop() { quote!(#private::Option::take(&mut #value)) } else { quote!(#value) }
}
