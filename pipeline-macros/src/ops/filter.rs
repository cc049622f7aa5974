//! `filter(|x| keep)`: lets an item through if the closure says `true`.
//!
//! `fn filter<T>(T, f: FnMut(&T) -> bool)`, as `Iterator::filter`: the closure sees the item by reference. Items
//! held back are counted as filtered.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "filter",
    kind: OpKind::Filter,
    role: Role::PerItem,
    args: &[ArgKind::Function { params: 1 }],
    required: 1,
    options: &[],
    stateful: false,
    may_be_async: true,
    summary: "filter(|x| keep)",
    emission: Emission::new(body),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (keep, filtered, rest) = (step.bind_look(&quote!(keep)), step.filtered(), &step.rest);
    quote!(#keep if !keep #filtered #rest)
}
