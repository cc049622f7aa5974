//! `forward(sink)`: hands every item to something that takes items.
//!
//! Any `futures::Sink`, or a tokio `mpsc::Sender`; a closed receiver is an early end. The sink's name is bound to
//! the number of items handed over. There is one such receiver, so it is not allowed under `workers`,
//! also with `keyed`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::chain::stage_label;
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "forward",
    kind: OpKind::Forward,
    role: Role::Terminal,
    args: &[ArgKind::Value],
    required: 1,
    options: &[],
    stateful: true,
    may_be_async: false,
    summary: "forward(sink)",
    emission: Emission::new(body).with_locals(super::counter).with_value(value),
};

fn body(step: &Step<'_>) -> TokenStream {
    let (private, task) = (step.private(), step.task());
    let (target, count, held) = (step.name(""), step.name("count"), step.chain.held());
    let result = quote!(#private::park(#private::forward_send(errors, &mut #target, item), #held).await);
    let accepted = step.matched(&result, &quote!(()));
    let gone = if step.chain.is_guest() {
        let (end, label) = (step.end(), step.label());
        quote!({ #end (&mut #task).discard(); break #label; })
    } else {
        let stage = stage_label();
        quote!({ break #stage; })
    };
    quote! {
        // A receiver that has gone ends the stage early; the item that it did not take is discarded.
        if !#accepted #gone
        #count += 1;
        (&mut #task).note(#private::Fate::Done);
    }
}

fn value(step: &Step<'_>) -> TokenStream {
    let (private, task) = (step.private(), step.task());
    let (target, count, items) = (step.name(""), step.name("count"), step.name("items"));
    quote!({
        if let #private::Err(error) = #private::forward_close(errors, #items, &mut #target).await {
            match (&mut #task).fail(error, &mut ()).await {}
        }
        #count
    })
}
