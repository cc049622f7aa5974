//! `take_while(|x| go_on)`: the items up to the first for which the closure says `false`, then the end.
//!
//! `fn take_while<T>(T, f: FnMut(&T) -> bool) -> T`, as `Iterator::take_while`. After that the input is closed.
//! Keeps state: under `workers` it needs `keyed`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "take_while",
    kind: OpKind::TakeWhile,
    role: Role::PerItem,
    args: &[ArgKind::Function { params: 1 }],
    required: 1,
    options: &[],
    stateful: true,
    may_be_async: true,
    summary: "take_while(|x| go_on)",
    emission: Emission::new(body).with_state(state),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (keep, filtered, rest) = (step.bind_look(&quote!(keep)), step.filtered(), &step.rest);
    if step.is_keyed() {
        let over = step.state();
        return quote! {
            if *#over #filtered
            #keep
            if !keep {
                *#over = true;
                #filtered
            }
            #rest
        };
    }
    let end = step.end();
    quote! {
        #keep
        if !keep {
            #end
            #filtered
        }
        #rest
    }
}

fn state(_: &Step<'_>) -> TokenStream {
    quote!(false)
}
