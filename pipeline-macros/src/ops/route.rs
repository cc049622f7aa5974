//! `route(|x| match x { A(a) => left(a), B(b) => right(b), _ => skip() })`: every item to one of the branches.
//!
//! `stage (left, right) = x.route(…);`. In the closure each branch is a function of its name, and what it gives is
//! what the closure must return; `skip()` drops the item, counted as filtered. The branches' types may differ. It
//! is the last operator of its stage, and its closure is not `async`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step, branch};
use crate::graph::End;

pub(crate) const SPEC: Spec = Spec {
    name: "route",
    kind: OpKind::Route,
    role: Role::FanOut,
    args: &[ArgKind::Function { params: 1 }],
    required: 1,
    options: &[],
    stateful: false,
    may_be_async: false,
    summary: "route(|x| match x { … => a(x), _ => b(x) })",
    emission: Emission::new(body),
};

fn body(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    let End::Route(edges, _) = &step.chain.statement.end else { return TokenStream::new() };
    let routed = step.bind(&quote!(routed), &TokenStream::new());
    let filtered = step.filtered();
    // From the last branch to the first, each with the ones behind it inside.
    let skipped = quote!({ let #private::Skipped = routed; #filtered });
    let matched = edges.iter().rev().fold(skipped, |others, edge| {
        let push = step.chain.push(&branch(&step.chain.context.graph.edges[*edge]), &quote!(item));
        quote! {
            match routed {
                #private::Branch::This(item) => { #push }
                #private::Branch::Other(routed) => #others
            }
        }
    });
    quote! {
        #routed
        #matched
        task.emitted();
    }
}
