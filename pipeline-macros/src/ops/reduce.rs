//! `reduce(|acc, x| acc)`: `fold` that starts with the first item.
//!
//! `fn reduce<T>(T, f: FnMut(T, T) -> T) -> Option<T>`, as `Iterator::reduce`: `None` if there was no item. Keeps
//! state: under `workers` it needs `keyed`, and then gives a `HashMap` with the value of each key.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "reduce",
    kind: OpKind::Reduce,
    role: Role::Terminal,
    args: &[ArgKind::Function { params: 2 }],
    required: 1,
    options: &[],
    stateful: true,
    may_be_async: true,
    summary: "reduce(|acc, x| acc)",
    emission: Emission::new(body).with_locals(super::nothing_yet).with_register("state").with_value(super::what_there_is),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (private, task) = (step.private(), step.task());
    let value = step.state();
    let (borrow, place) = (super::borrow_value(step), super::value_place(step));
    let result = step.call(&quote!(before, item));
    let (attempts, next) = (step.attempts(), step.matched(&result, &quote!(())));
    let taken = if step.is_keyed() { quote!(#value) } else { quote!(&mut #value) };
    quote! {
        #borrow
        let next = match #private::Option::take(#taken) {
            #private::Some(before) => { #attempts #next }
            #private::None => item,
        };
        #place = #private::Some(next);
        (&mut #task).note(#private::Fate::Done);
    }
}
