//! `route(|x| match x { A(a) => left(a), B(b) => right(b), _ => skip() })`: every item to one of the branches.
//!
//! `stage (left, right) = x.route(…);`. In the closure each branch is a function of its name, and what it gives is
//! what the closure must return; `skip()` drops the item, counted as filtered. The branches' types may differ. It
//! is the last operator of its stage, and its closure is not `async`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::names;
use crate::emit::step::{Emission, Step};
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
    let (private, task) = (step.private(), step.task());
    let End::Route(edges, _) = &step.chain.statement.end else { return TokenStream::new() };
    let routed = step.bind(&quote!(routed), &TokenStream::new());
    let filtered = step.filtered();
    let (emitted, parts) = (quote!((&mut #task).emitted();), step.chain.has_parts(step.index));
    // What a branch that runs here does comes after the item has been passed on.
    let nothing = TokenStream::new();
    let runs_here = edges.iter().any(|edge| step.chain.runs_here(*edge));
    let (account, at_last) = if runs_here { (&emitted, &nothing) } else { (&nothing, &emitted) };
    // From the last branch to the first, each with the ones behind it inside.
    let skipped = quote!({ let #private::Skipped = routed; #filtered });
    let matched = edges.iter().rev().fold(skipped, |others, edge| {
        let out = names::output(&step.chain.context.graph.edges[*edge]);
        let pass = step.chain.pass(&out, *edge, parts, account);
        quote! {
            match routed {
                #private::Branch::This(item) => { #pass }
                #private::Branch::Other(routed) => #others
            }
        }
    });
    quote! {
        #routed
        #matched
        #at_last
    }
}
