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
    let (private, task) = (step.private(), step.task());
    let collection = step.name("");
    let extend = if step.is_keyed() {
        let values = step.name("values");
        quote!(#private::extend(#private::state_of(&mut #values, &key, #collection), item);)
    } else if step.chain.ends_in_loop() {
        quote!(if let #private::Some(collection) = &mut #collection { #private::extend(collection, item); })
    } else {
        quote!(#private::extend(&mut #collection, item);)
    };
    quote! {
        #extend
        (&mut #task).note(#private::Fate::Done);
    }
}

fn locals(step: &Step<'_>) -> TokenStream {
    if step.is_keyed() {
        return super::nothing_yet(step);
    }
    let (private, collection) = (step.private(), step.name(""));
    let empty = if step.chain.ends_in_loop() { quote!(#private::Some(#collection)) } else { quote!(#collection) };
    quote!(let mut #collection = #empty;)
}

fn value(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    let collection = step.name(if step.is_keyed() { "values" } else { "" });
    if step.chain.ends_in_loop() { quote!(#private::take_value(&mut #collection)) } else { quote!(#collection) }
}
