//! `fold(init, |acc, x| acc)`: ends the stream in one value.
//!
//! `fn fold<A, T>(T, init: A, f: FnMut(A, T) -> A) -> A`, as `Iterator::fold`. Keeps state: not under `workers`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "fold",
    kind: OpKind::Fold,
    role: Role::Terminal,
    args: &[ArgKind::Value, ArgKind::Function { params: 2 }],
    required: 2,
    options: &[],
    stateful: true,
    may_be_async: true,
    summary: "fold(init, |acc, x| acc)",
    emission: Emission::new(body).with_locals(locals).with_value(value),
};

fn body(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    let value = step.state();
    let next = step.bind(&quote!(next), &quote!(#value,));
    quote! {
        #next
        #value = next;
        task.note(#private::Fate::Done);
    }
}

fn locals(step: &Step<'_>) -> TokenStream {
    let (value, init) = (step.state(), step.name("init"));
    quote!(let mut #value = #init();)
}

fn value(step: &Step<'_>) -> TokenStream {
    let value = step.state();
    quote!(#value)
}
