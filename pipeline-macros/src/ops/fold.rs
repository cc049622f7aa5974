//! `fold(init, |acc, x| acc)`: ends the stream in one value.
//!
//! `fn fold<A, T>(T, init: A, f: FnMut(A, T) -> A) -> A`, as `Iterator::fold`. Keeps state: under `workers` it needs
//! `keyed`, and then gives a `HashMap` with the value of each key.

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
    emission: Emission::new(body).with_locals(locals).with_value(super::what_there_is),
};

fn body(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    let (value, init) = (step.state(), step.name("init"));
    let (borrow, place) = (super::borrow_value(step), super::value_place(step));
    let next = if step.is_keyed() {
        let before = quote!(match #value.take() { #private::Some(value) => value, #private::None => #init() },);
        let next = step.bind(&quote!(next), &before);
        quote!(#borrow #next let next = #private::Some(next);)
    } else {
        step.bind(&quote!(next), &quote!(#value,))
    };
    quote! {
        #next
        #place = next;
        task.note(#private::Fate::Done);
    }
}

fn locals(step: &Step<'_>) -> TokenStream {
    if step.is_keyed() {
        return super::nothing_yet(step);
    }
    let (value, init) = (step.state(), step.name("init"));
    quote!(let mut #value = #init();)
}
