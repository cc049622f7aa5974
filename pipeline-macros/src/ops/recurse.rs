//! `recurse(|x, next| { next.push(y); out })`: items may bring more items, as in crawls and walks.
//!
//! `fn recurse<T, U>(T, f: FnMut(T, &Next<T>) -> U) -> U`. Each item, from the input or found, goes through the body,
//! whose value goes on. It is the first operator of its statement and reads a plain stream. `unique = |x| key` visits
//! one item of each key; `frontier = n` bounds how many found items wait. What runs is in the runtime's
//! `stage/recurse.rs`: an input that gives what was found before what comes from outside.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, OptionSpec, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "recurse",
    kind: OpKind::Recurse,
    role: Role::PerItem,
    args: &[ArgKind::Function { params: 2 }],
    required: 1,
    options: &[
        OptionSpec {
            name: "unique",
            kind: ArgKind::Function { params: 1 },
            meant: &["by", "key", "dedup", "dedup_by", "distinct", "unique_by", "seen"],
        },
        OptionSpec {
            name: "frontier",
            kind: ArgKind::Count,
            meant: &["limit", "max", "capacity", "buffer", "bound", "max_pending", "queue"],
        },
    ],
    stateful: false,
    may_be_async: true,
    summary: "recurse(|x, next| { next.push(y); out })",
    emission: Emission::new(body),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (item, rest) = (step.bind(&quote!(item), &TokenStream::new()), &step.rest);
    quote!(#item #rest)
}
