//! What a chain keeps from item to item, and what becomes of it at the end: states, groups, a sink's value.

use proc_macro2::TokenStream;
use quote::quote;

use super::chain::{Chain, Half, stage_label};
use super::names;
use crate::graph::End;
use crate::ops::OpKind;

impl Chain<'_> {
    /// What stands before the loop: states and locals.
    pub(super) fn set_up(&self) -> TokenStream {
        let private = self.private();
        let (_, values) = self.states();
        let (attrs, states) = (&self.statement.attrs, self.locals().states());
        let states = match (values.is_empty(), &attrs.keyed, &attrs.idle) {
            (true, _, _) => TokenStream::new(),
            (false, Some(_), Some(_)) => {
                let idle = names::setting(self.statement, "idle");
                quote!(let mut #states = #private::IdleStates::new(#idle);)
            }
            (false, Some(_), None) => quote!(let mut #states = #private::HashMap::new();),
            (false, None, _) => quote!(let mut #states = (#(#values,)*);),
        };
        let locals = self.operator_locals();
        let ending = self.may_end().then(|| {
            let (ending, none_wanted) = (self.locals().ending(), self.takes_nothing());
            let partial = self.partial_endings();
            quote!(let mut #ending = false #(|| #none_wanted)*; #(let mut #partial = false;)*)
        });
        quote!(#states #locals #ending)
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

    /// Borrows the states for one item: those of its key under `keyed`.
    pub(crate) fn bind_states(&self) -> TokenStream {
        let private = self.private();
        let ((names, values), states) = (self.states(), self.locals().states());
        if names.is_empty() {
            return TokenStream::new();
        }
        let first = quote!(|| (#(#values,)*));
        match (&self.statement.attrs.keyed, &self.statement.attrs.idle) {
            (Some(_), Some(_)) => quote!(let (#(#names,)*) = (&mut #states).state_of(&key, #first);),
            (Some(_), None) => quote!(let (#(#names,)*) = #private::state_of(&mut #states, &key, #first);),
            (None, _) => quote!(let (#(#names,)*) = &mut #states;),
        }
    }

    /// When something is to be done although no item comes: a group must go, or a key's states be dropped.
    pub(super) fn due(&self) -> Option<TokenStream> {
        let private = self.private();
        let group = self.grouping().map(|(index, op)| {
            let group = names::operator(self.statement, op.spec.name, index, "items");
            quote!((&#group).due())
        });
        let states = self.locals().states();
        let states = self.states_expire().then(|| quote!((&#states).due()));
        match (group, states) {
            (Some(group), Some(states)) => Some(quote!(#private::earliest(#group, #states))),
            (group, states) => group.or(states),
        }
    }

    /// What is done then.
    pub(super) fn when_due(&self) -> TokenStream {
        let states = self.locals().states();
        let expire = self.states_expire().then(|| quote!((&mut #states).expire();));
        let flush = self.flush(false);
        quote!(#expire #flush)
    }

    /// Whether there are states that are dropped when their key has been idle.
    fn states_expire(&self) -> bool {
        self.statement.attrs.idle.is_some() && !self.states().0.is_empty()
    }

    /// Passes on what a grouping operator holds: what is due, or everything at the end.
    pub(super) fn flush(&self, at_end: bool) -> TokenStream {
        let private = self.private();
        let Some((index, op)) = self.grouping() else { return TokenStream::new() };
        let (task, group) = (self.task(), names::operator(self.statement, op.spec.name, index, "items"));
        let after = self.after(index);
        let states = self.bind_states();
        let keyed = self.statement.attrs.keyed.is_some();
        let pattern = if keyed { quote!((key, rank, item)) } else { quote!(item) };
        // Several workers flush at the end: what they give is put into the order in which it began.
        let ranked = (keyed && self.units && at_end).then(|| {
            let outs = self.outlets();
            match self.half {
                Half::First => quote!((&mut starts).turn(#private::Turn::AtEnd(rank)).await;),
                Half::Whole | Half::Second => quote!(#private::at_end(#outs, rank);),
            }
        });
        let in_turn = (self.units && !at_end && self.half != Half::First).then(|| {
            let outs = self.outlets();
            quote!(#private::flush_in_turn(#outs).await;)
        });
        let stage = (at_end && !self.is_guest()).then(stage_label);
        let stage = stage.map(|stage| quote!(#stage:));
        let next = quote!((&mut #group).flush(&mut #task, #at_end));
        let pass_on = quote!(#ranked #states #after);
        let all = match self.ending_behind(index) {
            Some(ending) => quote!(while !#ending {
                let #private::Some(#pattern) = #next else { break };
                #pass_on
            }),
            None => quote!(while let #private::Some(#pattern) = #next { #pass_on }),
        };
        quote!(#stage #all #in_turn)
    }

    /// What stands behind the loop: the outputs are closed, a sink leaves its value.
    pub(super) fn end(&self) -> TokenStream {
        let task = self.task();
        let value = self.value().map(|value| {
            let place = names::part(self.statement, "place");
            let put = match &self.statement.end {
                End::Terminal(op) if self.units && op.spec.stateful => "join",
                _ if self.units => "add",
                _ => "set",
            };
            let put = names::local(put);
            quote!((&#place).#put(#value);)
        });
        let finish = self.own_outlets().map(|outs| quote!((&mut #task).finish(#outs).await;));
        // A sink's value comes first: what its rejects are read by may end before it has closed what it forwards to.
        quote!(#value #finish)
    }

    /// The end of a statement that runs inside another one's loop.
    pub(super) fn end_of_guest(&self) -> TokenStream {
        let (task, flush, end) = (self.task(), self.flush(true), self.end());
        let at_work = self.value().map(|_| quote!((&#task).at_work();));
        quote!(#at_work #flush #end)
    }
}
