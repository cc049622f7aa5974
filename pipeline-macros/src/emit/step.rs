//! One operator of a chain: what its file emits, and what that code may name.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Lifetime;

use super::chain::{Chain, Half};
use super::guard::decide_of;
use super::names;
use super::task::in_flight;
use crate::graph::{Func, FuncBody, OnError, Op};
use crate::ops::OpKind;

/// What an operator's file tells about its code.
pub(crate) struct Emission {
    /// What is done with an `item`; `step.rest` stands where it is passed on.
    pub(crate) body: fn(&Step<'_>) -> TokenStream,
    /// The first value of a state that lasts from item to item, one per key under `keyed`.
    pub(crate) state: Option<fn(&Step<'_>) -> TokenStream>,
    /// Locals of the task: what a terminal operator builds up, what a grouping one holds back.
    pub(crate) locals: Option<fn(&Step<'_>) -> TokenStream>,
    /// A terminal operator's value, once the input has ended.
    pub(crate) value: Option<fn(&Step<'_>) -> TokenStream>,
    /// The part that a small local is of the operator's, which changes with each item.
    pub(crate) register: Option<&'static str>,
}

impl Emission {
    /// An operator that has nothing but its body.
    pub(crate) const fn new(body: fn(&Step<'_>) -> TokenStream) -> Self {
        Self { body, state: None, locals: None, value: None, register: None }
    }

    pub(crate) const fn with_state(mut self, state: fn(&Step<'_>) -> TokenStream) -> Self {
        self.state = Some(state);
        self
    }

    pub(crate) const fn with_locals(mut self, locals: fn(&Step<'_>) -> TokenStream) -> Self {
        self.locals = Some(locals);
        self
    }

    pub(crate) const fn with_register(mut self, part: &'static str) -> Self {
        self.register = Some(part);
        self
    }

    pub(crate) const fn with_value(mut self, value: fn(&Step<'_>) -> TokenStream) -> Self {
        self.value = Some(value);
        self
    }
}

/// One operator in its chain.
pub(crate) struct Step<'a> {
    pub(crate) chain: &'a Chain<'a>,
    pub(crate) op: &'a Op,
    pub(crate) index: usize,
    /// What is done with the item that the operator passes on.
    pub(crate) rest: TokenStream,
    /// The block that is left when the item goes no further.
    pub(super) label: Lifetime,
}

impl Step<'_> {
    pub(crate) fn private(&self) -> &TokenStream {
        self.chain.private()
    }

    /// A local that belongs to this operator.
    pub(crate) fn name(&self, part: &str) -> Ident {
        names::operator(self.chain.statement, self.op.spec.name, self.index, part)
    }

    /// The evaluated setting at `position`.
    pub(crate) fn setting(&self, position: usize) -> Ident {
        self.name(&format!("setting_{position}"))
    }

    /// The evaluated option of this name.
    pub(crate) fn option(&self, name: &str) -> Ident {
        self.name(&format!("setting_{name}"))
    }

    /// The operator's state.
    pub(crate) fn state(&self) -> Ident {
        self.name("state")
    }

    /// Each key has its own state.
    pub(crate) fn is_keyed(&self) -> bool {
        self.chain.statement.attrs.keyed.is_some()
    }

    /// The item goes no further, by the user's own rule.
    pub(crate) fn filtered(&self) -> TokenStream {
        let (private, task, label) = (self.private(), self.task(), &self.label);
        quote!({ (&mut #task).note(#private::Fate::Filtered); break #label; })
    }

    /// The label of the block that this operator opens for its parts.
    pub(crate) fn own_label(&self) -> Lifetime {
        self.chain.locals().label(Some(self.index))
    }

    /// The label of the block that is left when the item goes no further.
    pub(crate) fn label(&self) -> &Lifetime {
        &self.label
    }

    /// The stage's account.
    pub(crate) fn task(&self) -> Ident {
        self.chain.task()
    }

    /// The stage ends after this item.
    pub(crate) fn end(&self) -> TokenStream {
        let endings = self.chain.endings(self.index);
        quote!(#(#endings = true;)*)
    }

    /// The task may have a second half that this operator's body arrives in.
    pub(crate) fn arrives(&self) -> bool {
        self.chain.half == Half::Second && self.chain.in_flight == Some(self.index)
    }

    /// What an item that fails here does. A function without a `?` gives no error: the arm for it is never reached, and
    /// must not need the item.
    fn policy(&self) -> OnError {
        let policy = self.chain.statement.attrs.on_error;
        match self.func() {
            Some(_) if !self.chain.statement.may_fail(self.op) => OnError::Fail,
            // What `forward` could not send has been taken.
            None if self.chain.statement.may_reject() => OnError::Fail,
            _ => policy,
        }
    }

    /// Whether the item is kept while its body is at work, since it may be rejected.
    fn keeps(&self) -> bool {
        self.policy() != OnError::Fail && self.chain.statement.may_reject()
    }

    fn func(&self) -> Option<&Func> {
        self.op.function()
    }

    fn is_lent(&self) -> bool {
        self.func().is_some_and(is_lent)
    }

    /// Binds `pattern` to what the function gives for the item, which it takes or is lent. `before` are arguments that
    /// go before the item.
    pub(crate) fn bind(&self, pattern: &TokenStream, before: &TokenStream) -> TokenStream {
        if self.arrives() {
            return self.arrival(pattern);
        }
        if self.func().is_none() {
            return TokenStream::new();
        }
        let keeps = self.keeps();
        let (prelude, argument, kept) = match (self.is_lent(), keeps) {
            (true, _) => (TokenStream::new(), quote!(&item), quote!(item)),
            (false, _) if self.is_retried() => (TokenStream::new(), self.clone_of_item(), quote!(item)),
            (false, true) => {
                let task = self.task();
                (quote!(let kept = #task.clone_of(&item);), quote!(item), quote!(kept))
            }
            (false, false) => (TokenStream::new(), quote!(item), quote!(item)),
        };
        let after = self.beside_the_item();
        let result = self.call(&quote!(#before #argument #after));
        let (attempts, matched) = (self.attempts(), self.matched(&result, &kept));
        quote!(#prelude #attempts let #pattern = #matched;)
    }

    /// As [`bind`](Self::bind), of a function that only looks at the item.
    pub(crate) fn bind_look(&self, pattern: &TokenStream) -> TokenStream {
        if self.arrives() {
            return self.arrival(&quote!((item, #pattern)));
        }
        let result = self.call(&quote!(&item));
        let (attempts, matched) = (self.attempts(), self.matched(&result, &quote!(item)));
        quote!(#attempts let #pattern = #matched;)
    }

    fn recurses(&self) -> bool {
        self.op.spec.kind == OpKind::Recurse
    }

    /// What the function is given behind the item.
    fn beside_the_item(&self) -> Option<TokenStream> {
        self.recurses().then(|| quote!(, &next))
    }

    /// `let next`, for as long as the body of a `recurse` is at work.
    fn enter(&self) -> Option<TokenStream> {
        self.recurses().then(|| quote!(let next = (&frontier).enter();))
    }

    /// The function called with `arguments`: a `Result`.
    pub(crate) fn call(&self, arguments: &TokenStream) -> TokenStream {
        let private = self.private();
        let function = self.name("");
        let Some(func) = self.func() else { return TokenStream::new() };
        let parked = |wait: TokenStream| {
            let held = self.chain.held();
            quote!(#private::park(#wait, #held).await)
        };
        let called = if func.asyncness.is_some() {
            self.as_failed(self.ended(quote!(#function(#arguments)), false, parked))
        } else if self.chain.statement.attrs.blocking.is_some() {
            self.as_failed(quote!({ let result = #function(#arguments); (&mut task).checkpoint().await; result }))
        } else {
            self.as_failed(quote!(#function(#arguments)))
        };
        let tried = self.begun(self.tried(called, false, parked), false);
        let called = self.entered(tried, false, parked);
        match self.enter() {
            Some(enter) => quote!({ #enter let result = #called; result }),
            None => called,
        }
    }

    /// The value in `result`; an error has the item `kept` rejected, counted or fail the run.
    pub(crate) fn matched(&self, result: &TokenStream, kept: &TokenStream) -> TokenStream {
        let private = self.private();
        let rejected = self.rejected(kept, &quote!((&attempts).number()));
        let failed = self.chain.failed(self.policy(), self.index, &rejected);
        quote! {
            match #result {
                #private::Ok(value) => value,
                #private::Err(error) => #failed
            }
        }
    }

    /// The body in flight: a future of `Ok(what arrives of the item)`, or `Err` of the error and, where it is needed, the
    /// item.
    pub(super) fn flight(&self) -> TokenStream {
        let (private, statement) = (self.private(), self.chain.statement);
        let check = &self.chain.context.check;
        let Some(func) = self.func() else { return TokenStream::new() };
        let function = match (&statement.attrs.workers, func.asyncness) {
            (None, Some(_)) => in_flight(statement, &self.name("")),
            _ => self.name(""),
        };
        let looks = looks_only(self.op.spec.kind);
        let lent = is_lent(func) || looks;
        let item = match self.is_retried() {
            true if !lent => self.clone_of_item(),
            _ if lent => quote!(&item),
            _ => quote!(item),
        };
        let (prelude, argument) = match self.keeps() && !lent && !self.is_retried() {
            true => (quote!(let given = failures.clone_of(&item);), quote!(given)),
            false => (TokenStream::new(), item),
        };
        let held = quote!(failures.hold(place, error));
        let left = self.left(&quote!((&attempts).number()));
        let fail = match (self.policy(), decide_of(statement)) {
            // An error waits for its turn where nothing can drop it.
            (OnError::Fail, _) => held,
            (OnError::Decided, Some(decide)) => quote!(match (&#decide).of(&error) {
                #check::OnError::Fail => #private::Err(#held),
                decided => #private::Ok((decided, #left)),
            }),
            _ => left,
        };
        let gives = match self.op.spec.kind {
            OpKind::FlatMap => {
                let kind = self.name("kind");
                quote!(#kind.open(value))
            }
            _ if looks => quote!(#private::Whole::new((item, value))),
            _ => quote!(#private::Whole::new(value)),
        };
        let (enter, beside) = (self.enter(), self.beside_the_item());
        let called = quote!(#function(#argument #beside));
        let wait = |wait: TokenStream| quote!(#wait.await);
        let called = match func.asyncness {
            Some(_) => self.ended(called, true, wait),
            None => called,
        };
        let tried = self.begun(self.tried(self.as_failed(called), true, wait), true);
        let tried = self.entered(tried, true, wait);
        let attempts = self.attempts().filter(|_| !statement.approaches());
        let leave = enter.as_ref().map(|_| quote!(#private::drop(next);));
        let future = quote!(async move {
            #attempts
            let result = #tried;
            #leave
            match result {
                #private::Ok(value) => #private::Ok(#gives),
                #private::Err(error) => #private::Err(#fail),
            }
        });
        quote!({ #prelude #enter #future })
    }

    /// Binds what has arrived from a body in flight.
    fn arrival(&self, pattern: &TokenStream) -> TokenStream {
        let (private, check) = (self.private(), &self.chain.context.check);
        let rejected = self.rejected(&quote!(item), &quote!(tried));
        let failed = |policy| match policy {
            OnError::Fail => {
                let outs = self.chain.outlets();
                quote!(match (&mut task).fail_held(error, #outs).await {})
            }
            policy => self.chain.failed(policy, self.index, &rejected),
        };
        let left = self.left(&quote!(tried));
        let arms = match self.policy() {
            OnError::Fail => {
                let failed = failed(OnError::Fail);
                quote!(#private::Err(error) => #failed)
            }
            OnError::Decided => {
                let [fail, skip] = [OnError::Fail, OnError::Skip].map(failed);
                let reject = self.chain.statement.rejects.map(|_| {
                    let reject = failed(OnError::Reject);
                    quote!(#private::Err(#private::Ok((#check::OnError::Reject, #left))) => #reject)
                });
                let unused = if reject.is_some() { self.left(&quote!(_)) } else { left };
                quote! {
                    #private::Err(#private::Err(error)) => #fail,
                    #reject
                    #private::Err(#private::Ok((_, #unused))) => #skip
                }
            }
            policy => {
                let failed = failed(policy);
                quote!(#private::Err(#left) => #failed)
            }
        };
        quote! {
            let #pattern = match arrived {
                #private::Ok(value) => value,
                #arms
            };
        }
    }

    /// What is left of an item that failed in flight and does not fail the run, with the number of its attempts.
    fn left(&self, tried: &TokenStream) -> TokenStream {
        match (self.keeps(), self.counts_attempts()) {
            (true, true) => quote!((error, item, #tried)),
            (true, false) => quote!((error, item)),
            (false, _) => quote!(error),
        }
    }
}

/// Whether the function borrows the item.
pub(crate) fn is_lent(func: &Func) -> bool {
    match &func.body {
        FuncBody::Closure { params, .. } => params.iter().any(|param| param.lent),
        FuncBody::Path { .. } => false,
    }
}

/// Operators whose function looks at the item and leaves it to the stage.
pub(crate) fn looks_only(kind: OpKind) -> bool {
    matches!(kind, OpKind::Filter | OpKind::Inspect | OpKind::TakeWhile | OpKind::SkipWhile)
}
