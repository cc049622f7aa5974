//! What a chain keeps from item to item, and what becomes of it at the end: states, batches, a sink's value.

use proc_macro2::TokenStream;
use quote::quote;

use super::names;
use super::step::{Chain, Half, stage_label};
use crate::graph::Op;
use crate::ops::OpKind;

impl<'a> Chain<'a> {
    /// What stands before the loop: states and locals.
    pub(super) fn set_up(&self) -> TokenStream {
        let private = self.private();
        let (_, values) = self.states();
        let (keyed, states) = (self.statement.attrs.keyed.is_some(), self.locals().states());
        let states = match (values.is_empty(), keyed) {
            (true, _) => TokenStream::new(),
            (false, true) => quote!(let mut #states = #private::HashMap::new();),
            (false, false) => quote!(let mut #states = (#(#values,)*);),
        };
        let batches = self.batches();
        let locals = self.terminal_locals();
        let ending = self.may_end().then(|| {
            let (ending, none_wanted) = (self.locals().ending(), self.takes_nothing());
            let partial = self.partial_endings();
            quote!(let mut #ending = false #(|| #none_wanted)*; #(let mut #partial = false;)*)
        });
        quote!(#states #batches #locals #ending)
    }

    /// For each `take`: whether it takes nothing at all.
    pub(super) fn takes_nothing(&self) -> Vec<TokenStream> {
        let ops = self.statement.all_ops().enumerate();
        let takes = ops.filter(|(index, op)| {
            let in_half = match (self.half, self.in_flight) {
                (Half::First, Some(at)) => *index < at,
                (Half::Second, Some(at)) => *index >= at,
                _ => true,
            };
            in_half && op.spec.kind == OpKind::Take
        });
        takes
            .map(|(index, op)| {
                let n = names::operator(self.statement, op.spec.name, index, "setting_0");
                quote!(#n == 0)
            })
            .collect()
    }

    fn batches(&self) -> TokenStream {
        let private = self.private();
        let Some((index, op)) = self.batch() else { return TokenStream::new() };
        let name = |part: &str| names::operator(self.statement, op.spec.name, index, part);
        let (batch, size) = (name("items"), name("setting_0"));
        let within = match op.args.get(1) {
            Some(_) => {
                let within = name("setting_1");
                quote!(#private::Some(#within))
            }
            None => quote!(#private::None),
        };
        let kind = names::local(if self.statement.attrs.keyed.is_some() { "KeyedBatch" } else { "Batch" });
        quote!(let mut #batch = #private::#kind::new(#size, #within);)
    }

    /// The `batch` of this half.
    pub(super) fn batch(&self) -> Option<(usize, &'a Op)> {
        let found = self.statement.all_ops().enumerate().find(|(_, op)| op.spec.kind == OpKind::Batch)?;
        let here = match (self.half, self.in_flight) {
            (Half::First, Some(at)) => found.0 < at,
            (Half::Second, Some(at)) => found.0 >= at,
            _ => true,
        };
        here.then_some(found)
    }

    /// Borrows the states for one item: those of its key under `keyed`.
    pub(super) fn bind_states(&self) -> TokenStream {
        let private = self.private();
        let ((names, values), states) = (self.states(), self.locals().states());
        if names.is_empty() {
            return TokenStream::new();
        }
        match &self.statement.attrs.keyed {
            Some(_) => quote!(let (#(#names,)*) = #private::state_of(&mut #states, &key, || (#(#values,)*));),
            None => quote!(let (#(#names,)*) = &mut #states;),
        }
    }

    /// Passes on what a `batch` holds: what is due, or everything at the end.
    pub(super) fn flush(&self, at_end: bool) -> TokenStream {
        let private = self.private();
        let Some((index, op)) = self.batch() else { return TokenStream::new() };
        let (task, batch) = (self.task(), names::operator(self.statement, op.spec.name, index, "items"));
        let after = self.after(index);
        let states = self.bind_states();
        let stop = self.stop_parts(index);
        let keyed = self.statement.attrs.keyed.is_some();
        let pattern = if keyed { quote!((key, rank, item)) } else { quote!(item) };
        // Several workers flush at the end: what they give is put into the order in which it began.
        let ranked = (keyed && self.units && at_end).then(|| {
            let outs = self.outlets();
            quote!(#private::at_end(#outs, rank);)
        });
        let in_turn = (self.units && !at_end && self.half != Half::First).then(|| {
            let outs = self.outlets();
            quote!(#private::flush_in_turn(#outs).await;)
        });
        let stage = (at_end && !self.is_guest()).then(stage_label);
        let stage = stage.map(|stage| quote!(#stage:));
        quote! {
            #stage while let #private::Some(#pattern) = #batch.flush(&mut #task, #at_end) {
                #ranked
                #states
                #after
                #stop
            }
            #in_turn
        }
    }

    /// What stands behind the loop: the outputs are closed, a sink leaves its value.
    pub(super) fn end(&self) -> TokenStream {
        let task = self.task();
        let value = self.value().map(|value| {
            let place = names::part(self.statement, "place");
            if self.units { quote!(#place.add(#value);) } else { quote!(#place.set(#value);) }
        });
        let finish = self.own_outlets().map(|outs| quote!(#task.finish(#outs).await;));
        // A sink's value comes first: what its rejects are read by may end before it has closed what it forwards to.
        quote!(#value #finish)
    }

    /// The end of a statement that runs inside another one's loop.
    pub(super) fn end_of_guest(&self) -> TokenStream {
        let (task, flush, end) = (self.task(), self.flush(true), self.end());
        let at_work = self.value().map(|_| quote!(#task.at_work();));
        quote!(#at_work #flush #end)
    }
}
