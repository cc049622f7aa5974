//! `filter_map(|x| maybe_y)`: `map` and `filter` in one.
//!
//! `fn filter_map<T, U>(T, f: FnMut(T) -> Option<U>) -> U`, as `Iterator::filter_map`. An item that becomes `None`
//! is counted as filtered.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "filter_map",
    kind: OpKind::FilterMap,
    role: Role::PerItem,
    args: &[ArgKind::Function { params: 1 }],
    required: 1,
    options: &[],
    stateful: false,
    may_be_async: true,
    summary: "filter_map(|x| maybe_y)",
    emission: Emission::new(body),
};

fn body(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    let (found, filtered, rest) = (step.bind(&quote!(found), &TokenStream::new()), step.filtered(), &step.rest);
    quote! {
        #found
        let item = match found {
            #private::Some(item) => item,
            #private::None => #filtered
        };
        #rest
    }
}
