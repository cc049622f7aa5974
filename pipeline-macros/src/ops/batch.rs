//! `batch(n, within)`: groups items into a `Vec` of up to `n`.
//!
//! `fn batch<T>(T, n: usize, within: Duration) -> Vec<T>`. A group is passed on when it has `n` items or when its
//! oldest is `within` old; without `within`, by size alone. At the end of input the rest is passed on too: nothing
//! is lost. Keeps state: under `workers` it needs `keyed`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::names;
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "batch",
    kind: OpKind::Batch,
    role: Role::Grouping,
    args: &[ArgKind::Count, ArgKind::Duration],
    required: 1,
    options: &[],
    stateful: true,
    may_be_async: false,
    summary: "batch(n, within)",
    emission: Emission::new(body).with_locals(locals),
};

fn body(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    let (task, batch, label, rest) = (step.task(), step.name("items"), step.own_label(), &step.rest);
    let key = step.is_keyed().then(|| quote!(#private::Clone::clone(&key),));
    quote! {
        if let #private::Some(item) = (&mut #batch).push(&mut #task, #key item) {
            #label: { #rest }
            (&mut #task).settle();
        }
    }
}

fn locals(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    let (batch, size) = (step.name("items"), step.setting(0));
    let within = match step.op.args.get(1) {
        Some(_) => {
            let within = step.setting(1);
            quote!(#private::Some(#within))
        }
        None => quote!(#private::None),
    };
    let kind = names::local(if step.is_keyed() { "KeyedBatch" } else { "Batch" });
    quote!(let mut #batch = #private::#kind::new(#size, #within);)
}
