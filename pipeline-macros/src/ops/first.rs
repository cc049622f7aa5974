//! `first()`: the first item, if there is one.
//!
//! `fn first<T>(T) -> Option<T>`. It closes its input at once, which ends what feeds only this. Keeps state:
//! under `workers` it needs `keyed`. Under `keyed` it gives a `HashMap` with the first item of each key and reads its
//! input to the end; what comes after the first of a key is counted as filtered.

use proc_macro2::TokenStream;
use quote::quote;

use super::{OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "first",
    kind: OpKind::First,
    role: Role::Terminal,
    args: &[],
    required: 0,
    options: &[],
    stateful: true,
    may_be_async: false,
    summary: "first()",
    emission: Emission::new(body).with_locals(super::nothing_yet).with_value(super::what_there_is),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (private, task) = (step.private(), step.task());
    let (value, end) = (step.state(), step.end());
    if step.is_keyed() {
        let (borrow, filtered) = (super::borrow_value(step), step.filtered());
        return quote! {
            #borrow
            if #private::Option::is_some(&*#value) #filtered
            *#value = #private::Some(item);
            (&mut task).note(#private::Fate::Done);
        };
    }
    quote! {
        #value = #private::Some(item);
        (&mut #task).note(#private::Fate::Done);
        #end
    }
}
