//! `inspect(|x| …)`: looks at each item and passes it on.
//!
//! `fn inspect<T>(T, f: FnMut(&T)) -> T`, as `Iterator::inspect`. A `?` in the body fails the item.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "inspect",
    kind: OpKind::Inspect,
    role: Role::PerItem,
    args: &[ArgKind::Function { params: 1 }],
    required: 1,
    options: &[],
    stateful: false,
    may_be_async: true,
    summary: "inspect(|x| …)",
    emission: Emission::new(body),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (seen, rest) = (step.bind_look(&quote!(())), &step.rest);
    quote!(#seen #rest)
}
