//! `dedup()`: drops an item that equals the one before it.
//!
//! `fn dedup<T: PartialEq + Clone>(T) -> T`. Consecutive repeats only, like `Vec::dedup`; they are counted as
//! filtered. Keeps state: under `workers` it needs `keyed`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "dedup",
    kind: OpKind::Dedup,
    role: Role::PerItem,
    args: &[],
    required: 0,
    options: &[],
    stateful: true,
    may_be_async: false,
    summary: "dedup()",
    emission: Emission::new(body).with_state(state),
};

fn body(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    let (last, filtered, rest) = (step.state(), step.filtered(), &step.rest);
    quote! {
        if #private::is_repeated(#last, &item) #filtered
        #rest
    }
}

fn state(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    quote!(#private::None)
}
