//! The chain of a statement as one loop body: each operator's code with what follows it inside.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Lifetime;

use super::guard::{decide_of, policies_of};
use super::locals::Locals;
use super::step::{Emission, Step};
use super::{Context, entrance, names};
use crate::graph::{EdgeId, End, Head, OnError, Op, Statement, StatementId};
use crate::ops::{OpKind, Role};

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
#[derive(Clone)]
pub(crate) struct Chain<'a> {
    pub(crate) context: &'a Context<'a>,
    pub(crate) id: StatementId,
    pub(crate) statement: &'a Statement,
    /// The statement whose loop it is in.
    pub(crate) owner: StatementId,
    pub(crate) half: Half,
    /// The operator whose bodies are in flight.
    pub(crate) in_flight: Option<usize>,
    /// The input comes in units.
    pub(crate) units: bool,
    /// The input is there, and lets go of credits before a wait.
    pub(crate) input_parks: bool,
    /// The code stands inside a stretch, where nothing is awaited.
    pub(crate) stretch: bool,
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
        let (task, label) = (self.task(), self.label(index + 1));
        quote!(#label: { #rest } (&mut #task).settle();)
    }

    pub(crate) fn locals(&self) -> Locals<'a> {
        Locals::new(self.statement, self.is_guest())
    }

    pub(crate) fn task(&self) -> Ident {
        self.locals().task()
    }

    /// Whether it runs inside another statement's loop.
    pub(crate) fn is_guest(&self) -> bool {
        self.id != self.owner
    }

    /// The chain of a statement that runs in the same loop.
    pub(crate) fn of(&self, id: StatementId) -> Self {
        let statement = &self.context.graph.statements[id];
        Self { id, statement, in_flight: None, ..self.clone() }
    }

    /// The chains of the statements that run inside this loop, each behind its producer's.
    pub(crate) fn guests(&self) -> impl Iterator<Item = Self> {
        self.context.plan.guests(self.owner).map(|guest| self.of(guest))
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
        self.locals().label(self.opener(index))
    }

    /// The last operator before `index` that makes several of one.
    fn opener(&self, index: usize) -> Option<usize> {
        let range = self.range();
        self.ops()
            .iter()
            .enumerate()
            .take(index)
            .skip(range.start)
            .rev()
            .find_map(|(at, op)| makes_several(op).then_some(at))
    }

    /// Each operator of this half that has something of the kind asked for.
    fn collect(&self, pick: impl Fn(&Emission) -> Option<fn(&Step<'_>) -> TokenStream>) -> Vec<(usize, TokenStream)> {
        let ops = self.ops();
        self.range()
            .filter_map(|index| {
                let op = ops.get(index)?;
                let emit = pick(&op.spec.emission)?;
                let step = Step { chain: self, op, index, rest: TokenStream::new(), label: self.label(0) };
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
    pub(crate) fn operator_locals(&self) -> TokenStream {
        self.collect(|emission| emission.locals).into_iter().map(|(_, tokens)| tokens).collect()
    }

    /// Those of them that a stretch has in locals of its own: they change with each item, and are small.
    pub(super) fn operator_registers(&self) -> Vec<Ident> {
        if self.statement.attrs.keyed.is_some() {
            return Vec::new();
        }
        let ops = self.ops();
        let locals = ops.iter().enumerate().filter_map(|(index, op)| {
            let part = op.spec.emission.register?;
            Some(names::operator(self.statement, op.spec.name, index, part))
        });
        locals.collect()
    }

    /// The terminal operator's value.
    pub(crate) fn value(&self) -> Option<TokenStream> {
        self.collect(|emission| emission.value).pop().map(|(_, tokens)| tokens)
    }

    /// Whether some operator may end the stage before its input has ended.
    pub(crate) fn may_end(&self) -> bool {
        self.range().any(|index| self.op_may_end(index))
    }

    fn op_may_end(&self, index: usize) -> bool {
        self.ops().get(index).is_some_and(|op| match op.spec.kind {
            OpKind::First | OpKind::Take | OpKind::TakeWhile => self.statement.attrs.keyed.is_none(),
            // Inside another loop it cannot just leave.
            OpKind::Forward => self.is_guest(),
            _ => false,
        })
    }

    /// Tells the loop over what the operator at `opener` makes that one behind it has ended the stage. One before it may
    /// have done so too, with the item that this is made of.
    pub(crate) fn ending_behind(&self, opener: usize) -> Option<Ident> {
        let range = self.range();
        let behind = (opener + 1..range.end).any(|index| self.op_may_end(index));
        let before = (range.start..opener).any(|index| self.op_may_end(index));
        let locals = self.locals();
        behind.then(|| if before { locals.ending_behind(opener) } else { locals.ending() })
    }

    /// All that tells that the operator at `index` has ended the stage.
    pub(super) fn endings(&self, index: usize) -> Vec<Ident> {
        let behind = (self.range().start..index)
            .filter_map(|opener| if makes_several(self.ops()[opener]) { self.ending_behind(opener) } else { None });
        let mut endings = vec![self.locals().ending()];
        for ending in behind {
            if !endings.contains(&ending) {
                endings.push(ending);
            }
        }
        endings
    }

    /// What tells that parts of the chain have ended, but for the stage as a whole.
    pub(super) fn partial_endings(&self) -> Vec<Ident> {
        let last = self.range().rev().find(|index| self.op_may_end(*index));
        last.map(|index| self.endings(index)).unwrap_or_default().into_iter().skip(1).collect()
    }

    /// `break 'stage` once an operator has ended the stage.
    pub(crate) fn check_end(&self) -> TokenStream {
        let stage = stage_label();
        if self.stretch && self.may_end() {
            return self.end_stretch();
        }
        if self.may_end() { quote!(if ending { break #stage; }) } else { TokenStream::new() }
    }

    /// Leaves the loop over what the operator at `opener` makes once one behind it has ended the stage.
    pub(crate) fn stop_parts(&self, opener: usize) -> Option<TokenStream> {
        self.ending_behind(opener).map(|ending| quote!(if #ending { break; }))
    }

    /// Whether it may end inside the loop, with the statements around it going on: so what it ends with must be taken
    /// from where it is kept.
    pub(crate) fn ends_in_loop(&self) -> bool {
        self.context.plan.guests_around(self.id).any(|guest| self.of(guest).may_end())
    }

    /// Whether it may come to be needed no more while the loop goes on.
    fn may_be_left(&self) -> bool {
        let alone = |id: StatementId| {
            let statement = &self.context.graph.statements[id];
            statement.outputs().count() == 1 && !matches!(statement.end, End::Terminal(_))
        };
        let mut hosts = self.context.plan.guests_around(self.id).skip(1).chain([self.owner]);
        self.ends_in_loop() || !hosts.all(alone)
    }

    /// What reads the edge runs here.
    pub(crate) fn runs_here(&self, edge: EdgeId) -> bool {
        self.context.plan.has_no_edge(&self.context.graph.edges[edge])
    }

    /// This statement's outputs, the rejects last: the local that each goes by, and its edges (several for a `tee`).
    pub(crate) fn outputs(&self) -> Vec<(Ident, Vec<EdgeId>)> {
        let (graph, locals) = (self.context.graph, self.locals());
        let mut outputs = match &self.statement.end {
            End::Edge(edge) => vec![(locals.out(graph), vec![*edge])],
            End::Tee(edges, _) => vec![(locals.out(graph), edges.clone())],
            End::Route(edges, _) => {
                edges.iter().map(|edge| (names::output(&graph.edges[*edge]), vec![*edge])).collect()
            }
            End::Terminal(_) => Vec::new(),
        };
        outputs.extend(self.statement.rejects.map(|edge| (locals.rejects(graph), vec![edge])));
        for (_, edges) in &mut outputs {
            edges.retain(|edge| !self.runs_here(*edge));
        }
        outputs.retain(|(_, edges)| !edges.is_empty());
        outputs
    }

    /// The names of this statement's outputs.
    fn own_outs(&self) -> Vec<Ident> {
        if self.half == Half::First {
            return Vec::new();
        }
        if self.orders_alone() {
            return vec![names::local("order")];
        }
        self.outputs().into_iter().map(|(out, _)| out).collect()
    }

    /// The names of all outputs of the loop.
    fn outs(&self) -> Vec<Ident> {
        let owner = self.of_owner();
        owner.own_outs().into_iter().chain(self.guests().flat_map(|guest| guest.own_outs())).collect()
    }

    fn of_owner(&self) -> Self {
        if self.is_guest() { self.of(self.owner) } else { self.clone() }
    }

    /// The tasks of the statements that run inside this loop.
    fn guest_tasks(&self) -> impl Iterator<Item = Ident> {
        self.guests().map(|guest| guest.task())
    }

    /// A sink with workers has an order to keep and no output to keep it.
    pub(crate) fn orders_alone(&self) -> bool {
        let attrs = &self.statement.attrs;
        let sink = matches!(self.statement.end, End::Terminal(_)) && self.statement.rejects.is_none();
        sink && attrs.workers.is_some() && attrs.unordered.is_none()
    }

    /// All outputs of the loop together.
    pub(crate) fn outlets(&self) -> TokenStream {
        all(self.outs())
    }

    /// The outputs of this statement together, if it has any.
    pub(crate) fn own_outlets(&self) -> Option<TokenStream> {
        let outs = self.own_outs();
        (!outs.is_empty()).then(|| all(outs))
    }

    /// All that lets go while the loop waits for its input, which does so itself, as its task does.
    pub(crate) fn waiting(&self) -> TokenStream {
        all(self.guest_tasks().chain(self.outs()).chain(self.spare()))
    }

    /// All that lets go before a wait, but for `waiting`, which does so itself.
    pub(crate) fn held_but(&self, waiting: &str) -> TokenStream {
        let input = (self.input_parks && self.half != Half::Second).then(|| names::local("input"));
        let held = [names::local("task")].into_iter().chain(input).chain(self.guest_tasks()).chain(self.outs());
        let held = held.chain(self.spare());
        all(held.filter(|held| *held != waiting))
    }

    /// All that lets go before a wait.
    pub(crate) fn held(&self) -> TokenStream {
        self.held_but("")
    }

    /// Passes an `item` on over an edge, or to what reads it if that runs here. `account` is what is noted of it,
    /// `parts`: further parts of the item in hand may come.
    pub(crate) fn pass(&self, out: &Ident, edge: EdgeId, parts: bool, account: &TokenStream) -> TokenStream {
        if !self.runs_here(edge) {
            let push = self.push(out, &quote!(item));
            return quote!(#push #account);
        }
        let (settle, inside) = (self.settle_before(parts), self.inside(edge));
        quote!(#account #settle #inside)
    }

    /// What goes on inside is not this item's business any more.
    fn settle_before(&self, parts: bool) -> Option<TokenStream> {
        let task = self.task();
        (!parts).then(|| quote!((&mut #task).settle();))
    }

    /// The body of the statement that reads the edge, for an `item`.
    fn inside(&self, edge: EdgeId) -> TokenStream {
        let chain = self.of(self.context.graph.edges[edge].to);
        let (task, label) = (chain.task(), chain.label(0));
        let (question, states, body) = (chain.question(), chain.bind_states(), chain.body());
        let end = chain.may_end().then(|| {
            let (ending, end) = (chain.locals().ending(), chain.end_in_loop());
            quote!(if #ending { #end })
        });
        let body = quote! {
            (&mut #task).begin();
            #label: { #question #states #body }
            (&mut #task).settle();
            #end
        };
        if chain.may_be_left() { quote!(if (&#task).is_open() { #body }) } else { body }
    }

    /// The statement, which is a guest, has come to its end, and with it what runs inside its body.
    pub(crate) fn end_in_loop(&self) -> TokenStream {
        let ended: Vec<_> = self.context.plan.body(self.id).into_iter().map(|id| self.of(id)).collect();
        let ends = ended.iter().map(|chain| {
            let (task, end) = (chain.task(), chain.end_of_guest());
            if chain.id == self.id { end } else { quote!(if (&#task).is_open() { #end }) }
        });
        let tasks = ended.iter().map(Chain::task);
        let owner = self.of_owner().task();
        let done = ended.iter().any(|chain| chain.value().is_some()).then(|| quote!((&#owner).at_work();));
        quote!(#(#ends)* #done #((&mut #tasks).close();)*)
    }

    /// Pushes `value` into `out`, waiting for room.
    pub(crate) fn push(&self, out: &Ident, value: &TokenStream) -> TokenStream {
        if self.stretch {
            return self.push_or_keep(out, value);
        }
        let private = self.private();
        let held = self.held_but(&out.to_string());
        // The next body may hold the thread for long: nothing is kept back for it.
        let pass_on = (self.statement.attrs.blocking.is_some() && self.statement.attrs.workers.is_some())
            .then(|| quote!(#private::pass_on(&mut #out).await;));
        quote! {
            if !(&#out).has_room() {
                #private::park((&mut #out).room(), #held).await;
            }
            (&mut #out).push(#value);
            #pass_on
        }
    }

    /// Whether, at operator `index`, the item in hand may give further parts.
    pub(crate) fn has_parts(&self, index: usize) -> bool {
        let ops = self.ops();
        self.opener(index).is_some_and(|at| ops[at].spec.kind == OpKind::FlatMap)
    }

    /// What stands behind the last operator: the item goes out.
    fn emit(&self) -> TokenStream {
        let (out, task) = (self.locals().out(self.context.graph), self.task());
        let (parts, emitted) = (self.has_parts(self.ops().len()), quote!((&mut #task).emitted();));
        match &self.statement.end {
            End::Edge(edge) => self.pass(&out, *edge, parts, &emitted),
            End::Tee(edges, _) => self.pass_to_all(&out, edges, parts, &emitted),
            End::Route(..) | End::Terminal(_) => TokenStream::new(),
        }
    }

    /// Passes an `item` on to each branch of a `tee`: over their edges first, then to those that run here.
    fn pass_to_all(&self, out: &Ident, edges: &[EdgeId], parts: bool, emitted: &TokenStream) -> TokenStream {
        let (here, over): (Vec<EdgeId>, Vec<EdgeId>) = edges.iter().partition(|edge| self.runs_here(**edge));
        let Some((last, others)) = here.split_last() else {
            let push = self.push(out, &quote!(item));
            return quote!(#push #emitted);
        };
        let private = self.private();
        let clone = quote!(#private::Clone::clone(&item));
        let push = (!over.is_empty()).then(|| self.push(out, &clone));
        let settle = self.settle_before(parts);
        let others = others.iter().map(|edge| {
            let inside = self.inside(*edge);
            quote!({ let item = #clone; #inside })
        });
        let last = self.inside(*last);
        quote!(#push #emitted #settle #(#others)* #last)
    }

    /// What becomes of an item that failed with `error`. `rejected` makes what goes to the `else` stream.
    pub(super) fn failed(&self, policy: OnError, index: usize, rejected: &TokenStream) -> TokenStream {
        let (private, task, label) = (self.private(), self.task(), self.label(index));
        match (policy, self.half) {
            (OnError::Decided, _) => {
                let (check, decide) = (&self.context.check, decide_of(self.statement));
                let [fail, skip] = [OnError::Fail, OnError::Skip].map(|policy| self.failed(policy, index, rejected));
                let reject = self.statement.rejects.map(|_| {
                    let reject = self.failed(OnError::Reject, index, rejected);
                    quote!(#check::OnError::Reject => #reject,)
                });
                quote! {
                    match (&#decide).of(&error) {
                        #check::OnError::Fail => #fail,
                        #reject
                        _ => #skip
                    }
                }
            }
            (OnError::Fail, Half::First) => {
                let stage = stage_label();
                quote!({ let place = (&mut task).place(); (&mut starts).fail((&mut task).hand_over(), failures.hold(place, error)).await; break #stage; })
            }
            (OnError::Fail, _) if self.stretch => self.give_up(),
            (OnError::Fail, _) => {
                let outs = self.outlets();
                quote!(match (&mut #task).fail(error, #outs).await {})
            }
            (OnError::Skip, _) => quote!({ (&mut #task).skip(&error); break #label; }),
            (OnError::Reject, Half::First) => {
                let room = self.room_for_body();
                quote!({
                    #room
                    (&mut starts).reject((&mut task).hand_over(), #rejected);
                    break #label;
                })
            }
            (OnError::Reject, _) => {
                let noted = quote!((&mut #task).note(#private::Fate::Rejected););
                let pass = self.reject(rejected, self.has_parts(index), &noted);
                quote!({ #pass break #label; })
            }
        }
    }

    /// Sends what was rejected to the `else` stream.
    fn reject(&self, rejected: &TokenStream, parts: bool, noted: &TokenStream) -> TokenStream {
        let out = self.locals().rejects(self.context.graph);
        match self.statement.rejects {
            Some(edge) if self.runs_here(edge) => {
                let pass = self.pass(&out, edge, parts, noted);
                quote!(let item = #rejected; #pass)
            }
            _ => {
                let push = self.push(&out, rejected);
                quote!(#push #noted)
            }
        }
    }

    /// `input?`: an item that is an error has failed.
    pub(crate) fn question(&self) -> Option<TokenStream> {
        let (Head::Edge { question, .. } | Head::Join { question, .. }) = &self.statement.head else { return None };
        question.as_ref()?;
        let (private, task) = (self.private(), self.task());
        let policy = self.statement.attrs.on_error;
        let failed = self.failed(policy, 0, &quote!((&#task).rejected_input(error)));
        // What the statement fails with is of one type.
        let as_failed = self.statement.fails_by_policy().then(|| quote!(let error = #private::Failed::Error(error);));
        Some(quote! {
            let item = match item {
                #private::Ok(item) => item,
                #private::Err(error) => {
                    let error = (&#task).error_of(error);
                    #as_failed
                    #failed
                }
            };
        })
    }

    /// Starts the body in flight of an item.
    fn start(&self) -> TokenStream {
        let (private, held, room) = (self.private(), self.held(), self.room_for_body());
        let parted = self.ops()[self.range()].iter().any(|op| op.spec.kind == OpKind::FlatMap);
        let hand_over = names::local(if parted { "hand_over_part" } else { "hand_over" });
        let key = match &self.statement.attrs.keyed {
            Some(_) => quote!(#private::Clone::clone(&key)),
            None => quote!(()),
        };
        let (approach, attempts) = entrance::approach(self.statement, private, &held).unzip();
        let attempts = attempts.map(|attempts| quote!(, #attempts));
        quote! {
            #room
            #approach
            let place = (&mut task).place();
            (&mut starts).start((&mut task).#hand_over(), #key, body(item, place #attempts));
        }
    }

    /// Waits until a body in flight may be started.
    pub(super) fn room_for_body(&self) -> TokenStream {
        let (private, held) = (self.private(), self.held());
        quote!(if !(&starts).has_room() { #private::park((&mut starts).room(), #held).await; })
    }

    /// What makes a body in flight of an item. It is called in several places, and its futures must be of one type.
    pub(crate) fn flight(&self) -> TokenStream {
        let ops = self.ops();
        let Some((index, op)) = self.in_flight.and_then(|at| Some((at, *ops.get(at)?))) else {
            return TokenStream::new();
        };
        let step = Step { chain: self, op, index, rest: TokenStream::new(), label: self.label(0) };
        let (private, future) = (self.private(), step.flight());
        let policies = step.is_guarded().then(|| policies_of(self.statement));
        let let_policies = policies.as_ref().map(|policies| quote!(let #policies = &*#policies;));
        let body = match policies.filter(|_| self.statement.approaches()) {
            Some(policies) => quote!(#policies.flight(|item, place: #private::Place, mut attempts| #future)),
            None => quote!(|item, place: #private::Place| #future),
        };
        quote!(#let_policies let body = #body;)
    }
}

/// Whether the operator makes several items of one.
fn makes_several(op: &Op) -> bool {
    op.spec.kind == OpKind::FlatMap || op.spec.role == Role::Grouping
}

/// The label of the stage's loop.
pub(crate) fn stage_label() -> Lifetime {
    Lifetime::new("'stage", proc_macro2::Span::call_site())
}

/// `&mut (&mut a, &mut b)` of these locals.
fn all(locals: impl IntoIterator<Item = Ident>) -> TokenStream {
    let locals: Vec<_> = locals.into_iter().map(|local| quote!(#local)).collect();
    together(&locals)
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
