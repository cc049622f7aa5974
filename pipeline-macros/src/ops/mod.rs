//! The operators: one file each, with its spec, its docs and its emission side by side.

use proc_macro2::{Ident, Span, TokenStream};
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
    /// What other libraries call it.
    pub(crate) meant: &'static [&'static str],
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
    /// None: what stands in the place of one in which a mistake was reported.
    Unread,
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

/// The operators, each of which has a file of its name.
macro_rules! operators {
    ($($name:ident)*) => {
        $(mod $name;)*

        /// Every operator, in the order of the documentation.
        pub(crate) static ALL: &[Spec] = &[$($name::SPEC),*];

        /// The text of each one's file, in the same order.
        static FILES: &[&str] = &[$(include_str!(concat!(stringify!($name), ".rs"))),*];
    };
}

operators! {
    map
    filter
    filter_map
    flat_map
    inspect
    enumerate
    take
    take_while
    skip
    skip_while
    scan
    dedup
    map_init
    recurse
    batch
    window
    tee
    route
    process
    via
    for_each
    fold
    reduce
    collect
    count
    first
    last
    forward
    discard
    output
}

/// A documented function for each operator, so that an editor that is shown one has something to show. Its docs are those
/// of the operator's file.
pub(crate) fn documented() -> TokenStream {
    let functions = ALL.iter().zip(FILES).map(|(spec, file)| {
        let docs = file.lines().map_while(|line| line.strip_prefix("//!"));
        let example = format!("```text\n.{}\n```", spec.summary);
        let table = " All operators are at [`pipeline!`](crate::pipeline#operators).";
        let name = Ident::new(spec.name, Span::call_site());
        quote! {
            #(#[doc = #docs])*
            #[doc = ""]
            #[doc = #example]
            #[doc = ""]
            #[doc = #table]
            pub const fn #name() {}
        }
    });
    functions.collect()
}

/// What stands in the place of an operator in which a mistake was reported. It is never emitted.
pub(crate) static UNREAD: Spec = Spec {
    name: "unread",
    kind: OpKind::Unread,
    role: Role::PerItem,
    args: &[],
    required: 0,
    options: &[],
    stateful: false,
    may_be_async: false,
    summary: "",
    emission: Emission::new(|_| TokenStream::new()),
};

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
