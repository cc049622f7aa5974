//! `for_each(|x| …)`: ends the stream by doing something with each item.
//!
//! `fn for_each<T>(T, f: FnMut(T))`. The body's value is `()`; a `?` in it fails the item. The sink's name is bound
//! to the number of items done.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "for_each",
    kind: OpKind::ForEach,
    role: Role::Terminal,
    args: &[ArgKind::Function { params: 1 }],
    required: 1,
    options: &[],
    stateful: false,
    may_be_async: true,
    summary: "for_each(|x| …)",
    emission: Emission::new(body).with_locals(super::counter).with_register("count").with_value(super::counted),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (private, task) = (step.private(), step.task());
    let (seen, count) = (step.bind(&quote!(()), &TokenStream::new()), step.name("count"));
    quote! {
        #seen
        #count += 1;
        (&mut #task).note(#private::Fate::Done);
    }
}
