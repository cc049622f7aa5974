//! The loop of a statement that need not wait for its own bodies: stretches of items without an await inside, and
//! between them what is waited for. Inside a stretch, what changes with each item is in locals of its own.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Lifetime;

use super::chain::{Chain, Half, stage_label};
use super::names;
use super::task::Stage;
use crate::graph::{End, OnError, Op};
use crate::ops::OpKind;

impl Chain<'_> {
    /// Whether the loop and all that runs inside it can do without an await but between items.
    pub(super) fn goes_in_stretches(&self) -> bool {
        self.half == Half::Whole && self.is_synchronous() && self.guests().all(|guest| guest.is_synchronous())
    }

    fn is_synchronous(&self) -> bool {
        let waits = |kind: OpKind| {
            use OpKind::{Batch, FlatMap, Forward, Recurse, Window};
            matches!(kind, FlatMap | Forward | Recurse | Batch | Window)
        };
        let mut ops = self.statement.all_ops();
        let bodies = ops.all(|op| !waits(op.spec.kind) && op.function().is_none_or(|func| func.asyncness.is_none()));
        // What the item has still before it when an output has no room, or closes, would have to be remembered.
        let branches_here = match &self.statement.end {
            End::Tee(edges, _) => edges.iter().any(|edge| self.runs_here(*edge)),
            _ => false,
        };
        let closes_in_loop = self.ends_in_loop() && !self.outputs().is_empty();
        // A back-off is waited for, whatever the body is.
        let guarded = self.statement.guarded_op().is_some();
        bodies && !guarded && self.statement.attrs.blocking.is_none() && !branches_here && !closes_in_loop
    }

    /// The locals that change with each item.
    fn in_registers(&self) -> Vec<Ident> {
        let states = (!self.states().0.is_empty()).then(|| self.locals().states());
        let ending = self.may_end().then(|| self.locals().ending());
        states.into_iter().chain(self.operator_registers()).chain(ending).collect()
    }

    /// Where an item waits that `out` has no room for.
    fn kept(out: &Ident) -> Ident {
        names::local(&format!("kept_{out}"))
    }

    /// Pushes `value` into `out`; if there is no room, it is kept, and the stretch is over.
    pub(super) fn push_or_keep(&self, out: &Ident, value: &TokenStream) -> TokenStream {
        let (private, kept, stretch) = (self.private(), Self::kept(out), label());
        quote! {
            let given = #value;
            if !(&mut #out).has_room() {
                #kept = #private::Some(given);
                break #stretch #private::Pause::Kept;
            }
            (&mut #out).push(given);
        }
    }

    /// An item has failed the run with `error`. What its closure was given is gone, so the loop cannot go on.
    pub(super) fn give_up(&self) -> TokenStream {
        let (task, failed) = (self.task(), failed_label());
        quote!(break #failed (&mut #task).give_up(error))
    }

    /// Whether an item may fail the run.
    fn may_fail(&self) -> bool {
        let fails = matches!(self.statement.attrs.on_error, OnError::Fail | OnError::Decided);
        let mut functions = self.statement.all_ops().filter_map(Op::function);
        fails && self.question().is_some() || functions.any(|func| fails || !func.fallible)
    }

    /// The stretch is over once an operator has ended the stage.
    pub(super) fn end_stretch(&self) -> TokenStream {
        let (private, stretch, ending) = (self.private(), label(), self.locals().ending());
        quote!(if #ending { break #stretch #private::Pause::End; })
    }

    /// What was kept goes where it was meant to go, as soon as there is room.
    fn pass_kept(&self) -> TokenStream {
        let (private, task) = (self.private(), self.task());
        let rejects = self.statement.rejects.map(|_| self.locals().rejects(self.context.graph));
        let outputs = self.outputs().into_iter().map(|(out, _)| {
            let (kept, push) = (Self::kept(&out), self.push(&out, &quote!(item)));
            let account = match Some(&out) == rejects.as_ref() {
                true => quote!((&mut #task).note(#private::Fate::Rejected);),
                false => quote!((&mut #task).emitted();),
            };
            quote! {
                if let #private::Some(item) = #private::Option::take(&mut #kept) {
                    #push
                    #account
                    (&mut #task).settle();
                }
            }
        });
        outputs.collect()
    }
}

impl Stage<'_> {
    /// The loop that takes items from the input, in stretches.
    pub(super) fn stretches(&self, chain: &Chain<'_>) -> TokenStream {
        let private = chain.private();
        let inside = Chain { stretch: true, ..chain.clone() };
        let (stage, stretch) = (stage_label(), label());
        let all = || std::iter::once(chain.clone()).chain(chain.guests());
        let outs: Vec<Ident> = all().flat_map(|chain| chain.outputs()).map(|(out, _)| out).collect();
        let kept = outs.iter().map(Chain::kept);
        let registers: Vec<Ident> = all().flat_map(|chain| chain.in_registers()).collect();
        let guests: Vec<Ident> = chain.guests().map(|guest| guest.task()).collect();
        let (item, end) = (self.item(&inside), inside.check_end());
        let (while_open, more, stop) = (self.while_open(chain), self.more(chain), chain.check_end());
        let pass_kept: TokenStream = all().map(|chain| chain.pass_kept()).collect();
        let outlets = chain.outlets();
        let items = quote! {
                let pause;
                (pause, #(#registers,)*) = {
                    #(let mut #registers = #registers;)*
                    #(let mut #outs = (&mut #outs).fill();)*
                    #(let mut #guests = (&mut #guests).account();)*
                    let (mut task, mut items) = (&mut task).stretch(&mut input);
                    let pause = #stretch: loop {
                        let #private::Some(item) = (&mut items).next() else { break #private::Pause::More };
                        #item
                        #end
                    };
                    (pause, #(#registers,)*)
                };
                match pause {
                    #private::Pause::More => #more,
                    #private::Pause::Kept => {
                        #pass_kept
                        #stop
                    }
                    #private::Pause::End => break #stage,
                }
        };
        let items = match all().any(|chain| chain.may_fail()) {
            true => {
                let failed = failed_label();
                quote! {
                    let failed = #failed: { #items continue #stage; };
                    match (&mut task).fail_with(failed, #outlets).await {}
                }
            }
            false => items,
        };
        quote! {
            #(let mut #kept = #private::None;)*
            #stage: #while_open { #items }
            #private::drop(input);
        }
    }
}

/// The label of what is left when an item has failed the run.
fn failed_label() -> Lifetime {
    Lifetime::new("'failed", proc_macro2::Span::call_site())
}

/// The label of a stretch.
fn label() -> Lifetime {
    Lifetime::new("'stretch", proc_macro2::Span::call_site())
}
