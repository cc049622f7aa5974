//! `take(n)`: the first `n` items, then the end.
//!
//! `fn take<T>(T, n: usize) -> T`, as `Iterator::take`. After the last item the input is closed, which ends what
//! feeds only this. Keeps state: under `workers` it needs `keyed`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "take",
    kind: OpKind::Take,
    role: Role::PerItem,
    args: &[ArgKind::Count],
    required: 1,
    options: &[],
    stateful: true,
    may_be_async: false,
    summary: "take(n)",
    emission: Emission::new(body).with_state(state),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (state, rest) = (step.state(), &step.rest);
    if step.is_keyed() {
        let filtered = step.filtered();
        return quote! {
            if *#state == 0 #filtered
            *#state -= 1;
            #rest
        };
    }
    let end = step.end();
    quote! {
        *#state -= 1;
        if *#state == 0 { #end }
        #rest
    }
}

fn state(step: &Step<'_>) -> TokenStream {
    let n = step.setting(0);
    quote!(#n)
}
