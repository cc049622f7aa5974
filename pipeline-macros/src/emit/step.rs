//! The chain of a statement as one loop body: each operator's code with what follows it inside.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Lifetime;

use super::{Context, names};
use crate::graph::{Edge, End, Func, FuncBody, OnError, Op, Statement};
use crate::ops::{OpKind, Role};

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
}

impl Emission {
    /// An operator that has nothing but its body.
    pub(crate) const fn new(body: fn(&Step<'_>) -> TokenStream) -> Self {
        Self { body, state: None, locals: None, value: None }
    }

    pub(crate) const fn with_state(mut self, state: fn(&Step<'_>) -> TokenStream) -> Self {
        self.state = Some(state);
        self
    }

    pub(crate) const fn with_locals(mut self, locals: fn(&Step<'_>) -> TokenStream) -> Self {
        self.locals = Some(locals);
        self
    }

    pub(crate) const fn with_value(mut self, value: fn(&Step<'_>) -> TokenStream) -> Self {
        self.value = Some(value);
        self
    }
}

/// Which half of a stage a chain is, and so what it has at hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Half {
    /// The whole stage in one loop.
    Whole,
    /// Up to the start of the bodies in flight.
    First,
    /// From their arrival on.
    Second,
}

/// A statement's chain, or a half of it.
pub(crate) struct Chain<'a> {
    pub(crate) context: &'a Context<'a>,
    pub(crate) statement: &'a Statement,
    pub(crate) half: Half,
    /// The operator whose bodies are in flight.
    pub(crate) in_flight: Option<usize>,
    /// The input lets go of credits before a wait.
    pub(crate) input_parks: bool,
}

/// One operator in its chain.
pub(crate) struct Step<'a> {
    pub(crate) chain: &'a Chain<'a>,
    pub(crate) op: &'a Op,
    pub(crate) index: usize,
    /// What is done with the item that the operator passes on.
    pub(crate) rest: TokenStream,
    /// The block that is left when the item goes no further.
    label: Lifetime,
}

impl<'a> Chain<'a> {
    fn ops(&self) -> Vec<&'a Op> {
        self.statement.all_ops().collect()
    }

    pub(crate) fn private(&self) -> &'a TokenStream {
        &self.context.private
    }

    /// The operators of this half, by their place in the statement.
    fn range(&self) -> std::ops::Range<usize> {
        let all = self.ops().len();
        match (self.half, self.in_flight) {
            (Half::First, Some(at)) => 0..at,
            (Half::Second, Some(at)) => at..all,
            _ => 0..all,
        }
    }

    /// The code for one item; left by `break 'item`.
    pub(crate) fn body(&self) -> TokenStream {
        self.from(self.range().start)
    }

    /// The code for what the grouping operator at `index` gives when it is flushed.
    pub(crate) fn after(&self, index: usize) -> TokenStream {
        let rest = self.from(index + 1);
        let label = self.label(index + 1);
        quote!(#label: { #rest } task.settle();)
    }

    fn from(&self, index: usize) -> TokenStream {
        let range = self.range();
        if !range.contains(&index) {
            return match self.half {
                Half::First => self.start(),
                Half::Whole | Half::Second => self.emit(),
            };
        }
        match self.ops().get(index) {
            Some(op) => {
                let step = self.step(op, index);
                (op.spec.emission.body)(&step)
            }
            None => TokenStream::new(),
        }
    }

    fn step(&self, op: &'a Op, index: usize) -> Step<'_> {
        let rest = self.from(index + 1);
        Step { chain: self, op, index, rest, label: self.label(index) }
    }

    /// The innermost block around operator `index`: that of the last operator before it that makes several of one.
    fn label(&self, index: usize) -> Lifetime {
        let range = self.range();
        let opener = self
            .ops()
            .iter()
            .enumerate()
            .take(index)
            .skip(range.start)
            .rev()
            .find_map(|(at, op)| (op.spec.kind == OpKind::FlatMap || op.spec.role == Role::Grouping).then_some(at));
        label(opener)
    }

    /// Each operator of this half that has something of the kind asked for.
    fn collect(&self, pick: impl Fn(&Emission) -> Option<fn(&Step<'_>) -> TokenStream>) -> Vec<(usize, TokenStream)> {
        let ops = self.ops();
        self.range()
            .filter_map(|index| {
                let op = ops.get(index)?;
                let emit = pick(&op.spec.emission)?;
                let step = Step { chain: self, op, index, rest: TokenStream::new(), label: label(None) };
                Some((index, emit(&step)))
            })
            .collect()
    }

    /// Names and first values of the states.
    pub(crate) fn states(&self) -> (Vec<Ident>, Vec<TokenStream>) {
        let states = self.collect(|emission| emission.state);
        let ops = self.ops();
        states
            .into_iter()
            .map(|(index, value)| (names::operator(self.statement, ops[index].spec.name, index, "state"), value))
            .unzip()
    }

    /// Borrows the states for one item: those of its key under `keyed`.
    pub(crate) fn bind_states(&self) -> TokenStream {
        let private = self.private();
        let (names, values) = self.states();
        if names.is_empty() {
            return TokenStream::new();
        }
        let first = quote!(|| (#(#values,)*));
        let attrs = &self.statement.attrs;
        match (&attrs.keyed, &attrs.idle) {
            (Some(_), Some(_)) => quote!(let (#(#names,)*) = states.state_of(&key, #first);),
            (Some(_), None) => quote!(let (#(#names,)*) = #private::state_of(&mut states, &key, #first);),
            (None, _) => quote!(let (#(#names,)*) = &mut states;),
        }
    }

    /// As [`bind_states`](Self::bind_states), for each part of an item: needed where the states of other keys are borrowed
    /// between two of them.
    pub(crate) fn bind_states_of_part(&self) -> Option<TokenStream> {
        let between = self.grouping().is_some_and(|(_, op)| op.is_by_time());
        (between && self.statement.attrs.keyed.is_some()).then(|| self.bind_states())
    }

    /// The `batch` or `window` of this half.
    pub(crate) fn grouping(&self) -> Option<(usize, &'a Op)> {
        let ops = self.ops();
        self.range().find_map(|index| Some((index, *ops.get(index)?)).filter(|(_, op)| op.spec.role == Role::Grouping))
    }

    /// The operators' locals.
    pub(crate) fn locals(&self) -> TokenStream {
        self.collect(|emission| emission.locals).into_iter().map(|(_, tokens)| tokens).collect()
    }

    /// The terminal operator's value.
    pub(crate) fn value(&self) -> Option<TokenStream> {
        self.collect(|emission| emission.value).pop().map(|(_, tokens)| tokens)
    }

    /// Whether some operator may end the stage before its input has ended.
    pub(crate) fn may_end(&self) -> bool {
        self.may_end_in(self.range())
    }

    /// Whether some operator behind a grouping one may end the stage, so that what is held back goes nowhere.
    pub(crate) fn may_close(&self) -> bool {
        self.grouping().is_some_and(|(index, _)| self.may_end_in(index + 1..self.range().end))
    }

    fn may_end_in(&self, mut range: std::ops::Range<usize>) -> bool {
        let ops = self.ops();
        let ends = |op: &&Op| matches!(op.spec.kind, OpKind::First | OpKind::Take | OpKind::TakeWhile);
        self.statement.attrs.keyed.is_none() && range.any(|index| ops.get(index).is_some_and(ends))
    }

    /// `break 'stage` once an operator has ended the stage.
    pub(crate) fn check_end(&self) -> TokenStream {
        let stage = stage_label();
        if self.may_end() { quote!(if ending { break #stage; }) } else { TokenStream::new() }
    }

    /// The outputs' names: the branches or the one output, and the rejects.
    pub(crate) fn outs(&self) -> Vec<Ident> {
        if self.half == Half::First {
            return Vec::new();
        }
        let mut outs: Vec<Ident> = match &self.statement.end {
            End::Edge(_) | End::Tee(..) => vec![names::local("out")],
            End::Route(edges, _) => edges.iter().map(|edge| branch(&self.context.graph.edges[*edge])).collect(),
            End::Terminal(_) if self.orders_alone() => vec![names::local("order")],
            End::Terminal(_) => Vec::new(),
        };
        outs.extend(self.statement.rejects.map(|_| names::local("rejects")));
        outs
    }

    /// A sink with workers has an order to keep and no output to keep it.
    pub(crate) fn orders_alone(&self) -> bool {
        let attrs = &self.statement.attrs;
        let sink = matches!(self.statement.end, End::Terminal(_)) && self.statement.rejects.is_none();
        sink && attrs.workers.is_some() && attrs.unordered.is_none()
    }

    /// The outputs together.
    pub(crate) fn outlets(&self) -> TokenStream {
        let outs: Vec<_> = self.outs().iter().map(|out| quote!(#out)).collect();
        together(&outs)
    }

    /// All that lets go before a wait, but for `waiting`, which does so itself.
    pub(crate) fn held_but(&self, waiting: &str) -> TokenStream {
        let mut held = vec![names::local("task")];
        if self.input_parks && self.half != Half::Second {
            held.push(names::local("input"));
        }
        held.extend(self.outs());
        let held: Vec<_> = held.iter().filter(|held| *held != waiting).map(|held| quote!(#held)).collect();
        together(&held)
    }

    /// All that lets go before a wait.
    pub(crate) fn held(&self) -> TokenStream {
        self.held_but("")
    }

    /// Pushes `value` into `out`, waiting for room.
    pub(crate) fn push(&self, out: &Ident, value: &TokenStream) -> TokenStream {
        let private = self.private();
        let held = self.held_but(&out.to_string());
        // The next body may hold the thread for long: nothing is kept back for it.
        let pass_on = (self.statement.attrs.blocking.is_some() && self.statement.attrs.workers.is_some())
            .then(|| quote!(#private::pass_on(&mut #out).await;));
        quote! {
            if !#out.has_room() {
                #private::park(#out.room(), #held).await;
            }
            #out.push(#value);
            #pass_on
        }
    }

    /// What stands behind the last operator: the item goes out.
    fn emit(&self) -> TokenStream {
        let push = self.push(&names::local("out"), &quote!(item));
        quote!(#push task.emitted();)
    }

    /// What becomes of an item that failed with `error`. `rejected` makes what goes to the `else` stream.
    fn failed(&self, policy: OnError, label: &Lifetime, rejected: &TokenStream) -> TokenStream {
        let private = self.private();
        match (policy, self.half) {
            (OnError::Fail, Half::First) => {
                let stage = stage_label();
                quote!({ let place = task.place(); slots.fail(task.hand_over(), failures.hold(place, error)); break #stage; })
            }
            (OnError::Fail, _) => {
                let outs = self.outlets();
                quote!(match task.fail(error, #outs).await {})
            }
            (OnError::Skip, _) => quote!({ task.note(#private::Fate::Skipped); break #label; }),
            (OnError::Reject, Half::First) => {
                let held = self.held();
                quote!({
                    #private::park(slots.room(), #held).await;
                    slots.reject(task.hand_over(), #rejected);
                    break #label;
                })
            }
            (OnError::Reject, _) => {
                let push = self.push(&names::local("rejects"), rejected);
                quote!({ #push task.note(#private::Fate::Rejected); break #label; })
            }
        }
    }

    /// `input?`: an item that is an error has failed.
    pub(crate) fn question(&self) -> TokenStream {
        let private = self.private();
        let policy = self.statement.attrs.on_error;
        let failed = self.failed(policy, &label(None), &quote!(#private::Rejected::of_input(error, task.name())));
        let ty = &self.context.error;
        quote! {
            let item = match item {
                #private::Ok(item) => item,
                #private::Err(error) => {
                    let error: #ty = #private::From::from(error);
                    #failed
                }
            };
        }
    }

    /// Starts the body in flight of an item.
    fn start(&self) -> TokenStream {
        let (private, held) = (self.private(), self.held());
        let parted = self.ops()[self.range()].iter().any(|op| op.spec.kind == OpKind::FlatMap);
        let hand_over = names::local(if parted { "hand_over_part" } else { "hand_over" });
        let key = match &self.statement.attrs.keyed {
            Some(_) => quote!(#private::Clone::clone(&key)),
            None => quote!(()),
        };
        quote! {
            #private::park(slots.room(), #held).await;
            let place = task.place();
            slots.start(task.#hand_over(), #key, body(item, place));
        }
    }

    /// What makes a body in flight of an item. It is called in several places, and its futures must be of one type.
    pub(crate) fn flight(&self) -> TokenStream {
        let ops = self.ops();
        let Some((index, op)) = self.in_flight.and_then(|at| Some((at, *ops.get(at)?))) else {
            return TokenStream::new();
        };
        let step = Step { chain: self, op, index, rest: TokenStream::new(), label: label(None) };
        let (private, future) = (self.private(), step.flight());
        quote!(let body = |item, place: #private::Place| #future;)
    }
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
        let (private, label) = (self.private(), &self.label);
        quote!({ task.note(#private::Fate::Filtered); break #label; })
    }

    /// The label of the block that this operator opens for its parts.
    pub(crate) fn own_label(&self) -> Lifetime {
        label(Some(self.index))
    }

    /// The stage ends after this item.
    pub(crate) fn end(&self) -> TokenStream {
        let behind_group = self.chain.grouping().is_some_and(|(index, _)| index < self.index);
        let closed = behind_group.then(|| quote!(closed = true;));
        quote!(ending = true; #closed)
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
            Some(func) if !func.fallible => OnError::Fail,
            // What `forward` could not send has been taken.
            None if policy == OnError::Reject => OnError::Fail,
            _ => policy,
        }
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
        let Some(func) = self.func() else { return TokenStream::new() };
        let private = self.private();
        let keeps = self.policy() == OnError::Reject;
        let (prelude, argument, kept) = match (self.is_lent(), keeps) {
            (true, _) => (TokenStream::new(), quote!(&item), quote!(item)),
            (false, true) => {
                let clone = quote_spanned!(names::at(func.span)=> #private::Clone::clone(&item));
                (quote!(let kept = #clone;), quote!(item), quote!(kept))
            }
            (false, false) => (TokenStream::new(), quote!(item), quote!(item)),
        };
        let after = self.beside_the_item();
        let result = self.call(&quote!(#before #argument #after));
        let matched = self.matched(&result, &kept);
        quote!(#prelude let #pattern = #matched;)
    }

    /// As [`bind`](Self::bind), of a function that only looks at the item.
    pub(crate) fn bind_look(&self, pattern: &TokenStream) -> TokenStream {
        if self.arrives() {
            return self.arrival(&quote!((item, #pattern)));
        }
        let result = self.call(&quote!(&item));
        let matched = self.matched(&result, &quote!(item));
        quote!(let #pattern = #matched;)
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
        self.recurses().then(|| quote!(let next = frontier.enter();))
    }

    /// The function called with `arguments`: a `Result`.
    pub(crate) fn call(&self, arguments: &TokenStream) -> TokenStream {
        let private = self.private();
        let function = self.name("");
        let Some(func) = self.func() else { return TokenStream::new() };
        let called = if func.asyncness.is_some() {
            let held = self.chain.held();
            quote!(#private::park(#function(#arguments), #held).await)
        } else if self.chain.statement.attrs.blocking.is_some() {
            quote!({ let result = #function(#arguments); task.checkpoint().await; result })
        } else {
            quote!(#function(#arguments))
        };
        match self.enter() {
            Some(enter) => quote!({ #enter let result = #called; result }),
            None => called,
        }
    }

    /// The value in `result`; an error has the item `kept` rejected, counted or fail the run.
    pub(crate) fn matched(&self, result: &TokenStream, kept: &TokenStream) -> TokenStream {
        let private = self.private();
        let rejected = quote!(#private::Rejected::of_item(#kept, error, task.name()));
        let failed = self.chain.failed(self.policy(), &self.label, &rejected);
        quote! {
            match #result {
                #private::Ok(value) => value,
                #private::Err(error) => #failed
            }
        }
    }

    /// The body in flight: a future of `Ok(what arrives of the item)`, or `Err` of the error and, where it is needed, the
    /// item.
    fn flight(&self) -> TokenStream {
        let private = self.private();
        let function = self.name("");
        let Some(func) = self.func() else { return TokenStream::new() };
        let looks = looks_only(self.op.spec.kind);
        let lent = is_lent(func) || looks;
        let (prelude, argument, fail) = match self.policy() {
            OnError::Reject if lent => (TokenStream::new(), quote!(&item), quote!((error, item))),
            OnError::Reject => {
                let clone = quote_spanned!(names::at(func.span)=> #private::Clone::clone(&item));
                (quote!(let given = #clone;), quote!(given), quote!((error, item)))
            }
            // An error waits for its turn where nothing can drop it.
            OnError::Fail => (
                TokenStream::new(),
                if lent { quote!(&item) } else { quote!(item) },
                quote!(failures.hold(place, error)),
            ),
            OnError::Skip => (TokenStream::new(), if lent { quote!(&item) } else { quote!(item) }, quote!(error)),
        };
        let gives = match self.op.spec.kind {
            OpKind::FlatMap => {
                let kind = self.name("kind");
                quote!(#kind.open(value))
            }
            _ if looks => quote!(#private::Whole::new((item, value))),
            _ => quote!(#private::Whole::new(value)),
        };
        let awaited = func.asyncness.is_some().then(|| quote!(.await));
        let (enter, beside) = (self.enter(), self.beside_the_item());
        let leave = enter.as_ref().map(|_| quote!(#private::drop(next);));
        let future = quote!(async move {
            #prelude
            let result = #function(#argument #beside)#awaited;
            #leave
            match result {
                #private::Ok(value) => #private::Ok(#gives),
                #private::Err(error) => #private::Err(#fail),
            }
        });
        match enter {
            Some(enter) => quote!({ #enter #future }),
            None => future,
        }
    }

    /// Binds what has arrived from a body in flight.
    fn arrival(&self, pattern: &TokenStream) -> TokenStream {
        let private = self.private();
        let rejected = quote!(#private::Rejected::of_item(item, error, task.name()));
        let failed = match self.policy() {
            OnError::Fail => {
                let outs = self.chain.outlets();
                quote!(match task.fail_held(error, #outs).await {})
            }
            policy => self.chain.failed(policy, &self.label, &rejected),
        };
        let error = match self.policy() {
            OnError::Reject => quote!((error, item)),
            _ => quote!(error),
        };
        quote! {
            let #pattern = match arrived {
                #private::Ok(value) => value,
                #private::Err(#error) => #failed
            };
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

/// A branch's output.
pub(crate) fn branch(edge: &Edge) -> Ident {
    names::local(&format!("to_{}", syn::ext::IdentExt::unraw(&edge.name)))
}

/// The label of the stage's loop.
pub(crate) fn stage_label() -> Lifetime {
    Lifetime::new("'stage", proc_macro2::Span::call_site())
}

/// The label of the block around an item: the input's, or the one that the operator at `opener` makes.
fn label(opener: Option<usize>) -> Lifetime {
    let name = opener.map_or("'item".to_owned(), |index| format!("'part_{index}"));
    Lifetime::new(&name, proc_macro2::Span::call_site())
}

/// `&mut (&mut a, &mut b)`, nested where a tuple would get too long.
pub(crate) fn together(parts: &[TokenStream]) -> TokenStream {
    const LONGEST: usize = 8;
    match parts {
        [] => quote!(&mut ()),
        parts if parts.len() <= LONGEST => quote!(&mut (#(&mut #parts,)*)),
        parts => {
            let (head, rest) = parts.split_at(LONGEST - 1);
            let rest = together(rest);
            quote!(&mut (#(&mut #head,)* #rest))
        }
    }
}
