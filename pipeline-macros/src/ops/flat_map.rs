//! `flat_map(|x| items)`: one item in, any number out.
//!
//! `fn flat_map<T, S>(T, f: FnMut(T) -> S)` where `S` is anything a source accepts: an iterator, a collection, a
//! `Stream`, a receiver. What it yields may not borrow from the item, which is gone by then. Under `in_flight` several
//! items' parts are got at once, and arrive one by one.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "flat_map",
    kind: OpKind::FlatMap,
    role: Role::PerItem,
    args: &[ArgKind::Function { params: 1 }],
    required: 1,
    options: &[],
    stateful: false,
    may_be_async: true,
    summary: "flat_map(|x| items)",
    emission: Emission::new(body),
};

fn body(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    if step.arrives() {
        return arrived(step);
    }
    let (parts, label, rest) = (step.bind(&quote!(parts), &TokenStream::new()), step.own_label(), &step.rest);
    let (kind, held, others) = (step.name("kind"), step.chain.held(), step.chain.held_but("task"));
    let states = step.chain.bind_states_of_part();
    let stop = step.chain.stop_parts(step.index);
    quote! {
        #parts
        let mut parts = #kind.open(parts);
        loop {
            if (&mut task).is_due() {
                (&mut task).look_around(#others).await;
            }
            let item = match #private::pull(&mut parts) {
                #private::Pull::Part(item) => item,
                #private::Pull::Wait => {
                    #private::park(#private::wait(&mut parts), #held).await;
                    continue;
                }
                #private::Pull::End => break,
            };
            #states
            #label: { #rest }
            #stop
        }
    }
}

/// A part, of an item whose parts are in flight.
fn arrived(step: &Step<'_>) -> TokenStream {
    let (item, label, rest) = (step.bind(&quote!(item), &TokenStream::new()), step.own_label(), &step.rest);
    let held = step.chain.held_but("task");
    quote! {
        if (&mut task).is_due() {
            (&mut task).look_around(#held).await;
        }
        #item
        #label: { #rest }
    }
}
