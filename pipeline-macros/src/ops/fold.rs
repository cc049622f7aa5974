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
    emission: Emission::new(body).with_locals(locals).with_register("state").with_value(value),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (private, task) = (step.private(), step.task());
    let (value, init) = (step.state(), step.name("init"));
    let (borrow, place) = (super::borrow_value(step), super::value_place(step));
    let (next, after) = if step.is_keyed() {
        let before =
            quote!(match #private::Option::take(#value) { #private::Some(value) => value, #private::None => #init() },);
        (step.bind(&quote!(next), &before), quote!(#private::Some(next)))
    } else {
        let before = self::value(step);
        let after = if step.chain.ends_in_loop() { quote!(#private::Some(next)) } else { quote!(next) };
        (step.bind(&quote!(next), &quote!(#before,)), after)
    };
    quote! {
        #borrow
        #next
        #place = #after;
        (&mut #task).note(#private::Fate::Done);
    }
}

fn locals(step: &Step<'_>) -> TokenStream {
    if step.is_keyed() {
        return super::nothing_yet(step);
    }
    let (private, value, init) = (step.private(), step.state(), step.name("init"));
    let first = if step.chain.ends_in_loop() { quote!(#private::Some(#init())) } else { quote!(#init()) };
    quote!(let mut #value = #first;)
}

fn value(step: &Step<'_>) -> TokenStream {
    if step.is_keyed() {
        return super::what_there_is(step);
    }
    let (private, value) = (step.private(), step.state());
    if step.chain.ends_in_loop() { quote!(#private::take_value(&mut #value)) } else { quote!(#value) }
}
