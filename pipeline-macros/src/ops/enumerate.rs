//! `enumerate()`: numbers the items from 0.
//!
//! `fn enumerate<T>(T) -> (usize, T)`, as `Iterator::enumerate`. Keeps state: under `workers` it needs `keyed`, and
//! then numbers the items of each key.

use proc_macro2::TokenStream;
use quote::quote;

use super::{OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "enumerate",
    kind: OpKind::Enumerate,
    role: Role::PerItem,
    args: &[],
    required: 0,
    options: &[],
    stateful: true,
    may_be_async: false,
    summary: "enumerate()",
    emission: Emission::new(body).with_state(state),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (state, rest) = (step.state(), &step.rest);
    quote! {
        let item = (*#state, item);
        *#state += 1;
        #rest
    }
}

fn state(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    quote!({ let zero: #private::usize = 0; zero })
}
