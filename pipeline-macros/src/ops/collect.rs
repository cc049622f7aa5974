//! `collect::<C>()`: ends the stream in a collection.
//!
//! `fn collect<T, C: Default + Extend<T>>(T) -> C`. The type is inferred from use, or given as
//! `collect::<Vec<_>>()`. Keeps state: under `workers` it needs `keyed`, and then gives
//! a `HashMap` with the collection of each key.

use proc_macro2::TokenStream;
use quote::quote;

use super::{OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "collect",
    kind: OpKind::Collect,
    role: Role::Terminal,
    args: &[],
    required: 0,
    options: &[],
    stateful: true,
    may_be_async: false,
    summary: "collect::<Vec<_>>()",
    emission: Emission::new(body).with_locals(locals).with_value(value),
};

fn body(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    let collection = step.name("");
    let collection = if step.is_keyed() {
        let values = step.name("values");
        quote!(#private::state_of(&mut #values, &key, #collection))
    } else {
        quote!(&mut #collection)
    };
    quote! {
        #private::extend(#collection, item);
        task.note(#private::Fate::Done);
    }
}

fn locals(step: &Step<'_>) -> TokenStream {
    if step.is_keyed() {
        return super::nothing_yet(step);
    }
    let collection = step.name("");
    quote!(let mut #collection = #collection;)
}

fn value(step: &Step<'_>) -> TokenStream {
    let collection = step.name(if step.is_keyed() { "values" } else { "" });
    quote!(#collection)
}
