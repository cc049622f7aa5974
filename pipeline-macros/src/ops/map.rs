//! `map(|x| y)`: one item in, one item out.
//!
//! `fn map<T, U>(T, f: FnMut(T) -> U) -> U`, as `Iterator::map`. A `?` in the body fails the item; with `|ref x|`
//! the item is lent and goes to `else` without a clone. `map(parse?)` is `map(|x| parse(x)?)`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "map",
    kind: OpKind::Map,
    role: Role::PerItem,
    args: &[ArgKind::Function { params: 1 }],
    required: 1,
    options: &[],
    stateful: false,
    may_be_async: true,
    summary: "map(|x| y)",
    emission: Emission::new(body),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (item, rest) = (step.bind(&quote!(item), &TokenStream::new()), &step.rest);
    quote!(#item #rest)
}
