//! `map_init(|| state, |state, x| y)`: `map` with a scratch state that each worker makes for itself.
//!
//! `fn map_init<S, T, U>(T, init: FnMut() -> S, f: FnMut(&mut S, T) -> U) -> U`, as rayon's `map_init`: for
//! buffers, parsers and connections that are costly to make and that no result depends on. So it is allowed under
//! `workers`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "map_init",
    kind: OpKind::MapInit,
    role: Role::PerItem,
    args: &[ArgKind::Function { params: 0 }, ArgKind::Function { params: 2 }],
    required: 2,
    options: &[],
    stateful: false,
    may_be_async: true,
    summary: "map_init(|| state, |state, x| y)",
    emission: Emission::new(body).with_locals(locals),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (state, rest) = (step.state(), &step.rest);
    let item = step.bind(&quote!(item), &quote!(&mut #state,));
    quote!(#item #rest)
}

/// One state for each worker.
fn locals(step: &Step<'_>) -> TokenStream {
    let (state, init) = (step.state(), step.name("init"));
    quote!(let mut #state = #init();)
}
