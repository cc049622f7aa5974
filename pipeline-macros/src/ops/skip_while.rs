//! `skip_while(|x| not_yet)`: the items from the first for which the closure says `false`.
//!
//! `fn skip_while<T>(T, f: FnMut(&T) -> bool) -> T`, as `Iterator::skip_while`. What it leaves out is counted as
//! filtered. Keeps state: under `workers` it needs `keyed`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "skip_while",
    kind: OpKind::SkipWhile,
    role: Role::PerItem,
    args: &[ArgKind::Function { params: 1 }],
    required: 1,
    options: &[],
    stateful: true,
    may_be_async: true,
    summary: "skip_while(|x| not_yet)",
    emission: Emission::new(body).with_state(state),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (skip, filtered, rest) = (step.bind_look(&quote!(skip)), step.filtered(), &step.rest);
    let skipping = step.state();
    quote! {
        if *#skipping {
            #skip
            if skip #filtered
            *#skipping = false;
        }
        #rest
    }
}

fn state(_: &Step<'_>) -> TokenStream {
    quote!(true)
}
