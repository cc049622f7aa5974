//! `last()`: the last item, if there is one.
//!
//! `fn last<T>(T) -> Option<T>`, as `Iterator::last`. Keeps state: under `workers` it needs `keyed`, and
//! then gives a `HashMap` with the last item of each key.

use proc_macro2::TokenStream;
use quote::quote;

use super::{OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "last",
    kind: OpKind::Last,
    role: Role::Terminal,
    args: &[],
    required: 0,
    options: &[],
    stateful: true,
    may_be_async: false,
    summary: "last()",
    emission: Emission::new(body).with_locals(super::nothing_yet).with_register("state").with_value(super::what_there_is),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (private, task) = (step.private(), step.task());
    let (borrow, place) = (super::borrow_value(step), super::value_place(step));
    quote! {
        #borrow
        #place = #private::Some(item);
        (&mut #task).note(#private::Fate::Done);
    }
}
