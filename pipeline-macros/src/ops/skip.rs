//! `skip(n)`: all but the first `n` items.
//!
//! `fn skip<T>(T, n: usize) -> T`, as `Iterator::skip`. What it leaves out is counted as filtered. Keeps state:
//! under `workers` it needs `keyed`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "skip",
    kind: OpKind::Skip,
    role: Role::PerItem,
    args: &[ArgKind::Count],
    required: 1,
    options: &[],
    stateful: true,
    may_be_async: false,
    summary: "skip(n)",
    emission: Emission::new(body).with_state(state),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (left, filtered, rest) = (step.state(), step.filtered(), &step.rest);
    quote! {
        if *#left > 0 {
            *#left -= 1;
            #filtered
        }
        #rest
    }
}

fn state(step: &Step<'_>) -> TokenStream {
    let n = step.setting(0);
    quote!(#n)
}
