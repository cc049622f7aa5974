//! `scan(init, |state, x| y)`: `map` with a state carried from item to item.
//!
//! `fn scan<S, T, U>(T, init: S, f: FnMut(&mut S, T) -> U) -> U`. Unlike `Iterator::scan` the closure gives the
//! item itself, not an `Option`: to end early there is `take_while`. Keeps state: under `workers` it needs `keyed`,
//! and then has one state per key.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "scan",
    kind: OpKind::Scan,
    role: Role::PerItem,
    args: &[ArgKind::Value, ArgKind::Function { params: 2 }],
    required: 2,
    options: &[],
    stateful: true,
    may_be_async: true,
    summary: "scan(init, |state, x| y)",
    emission: Emission::new(body).with_state(state),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (state, rest) = (step.state(), &step.rest);
    let item = step.bind(&quote!(item), &quote!(#state,));
    quote!(#item #rest)
}

fn state(step: &Step<'_>) -> TokenStream {
    let init = step.name("init");
    quote!(#init())
}
