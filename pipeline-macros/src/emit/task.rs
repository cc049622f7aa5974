//! The second half of a pipeline's block: the tasks. A statement is one loop; what differs is where its items come
//! from (an edge, or units of a shared input) and whether its bodies run one by one or in flight.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::chain::{Chain, Half, stage_label};
use super::guard::{decide_of, policies_of};
use super::{Context, ask, names, prepare};
use crate::graph::{End, Head, JoinKind, OnError, Op, Part, Statement, StatementId, StatementKind};
use crate::ops::OpKind;

impl Context<'_> {
    /// Spawns the tasks of a statement.
    pub(super) fn task(&self, id: StatementId, statement: &Statement) -> TokenStream {
        if statement.is_port() || self.plan.is_inline(id) {
            return TokenStream::new();
        }
        if statement.kind == StatementKind::Source {
            return match self.plan.reader_inside(id) {
                Some(reader) => self.source_and_reader_task(id, statement, reader),
                None => self.source_task(id, statement),
            };
        }
        let input = self.input(statement);
        if statement.via().is_some() {
            return self.via(id, statement, &input);
        }
        if let [op] = statement.ops.as_slice()
            && op.spec.kind == OpKind::Process
        {
            return self.process_task(id, statement, op, &input);
        }
        if statement.attrs.workers.is_some() {
            return self.worker_tasks(id, statement, &input);
        }
        self.loop_task(id, id, &input)
    }

    /// Spawns the one task of a statement's loop, as a task of statement `of`.
    fn loop_task(&self, of: StatementId, id: StatementId, input: &TokenStream) -> TokenStream {
        let private = &self.private;
        let statement = &self.graph.statements[id];
        let (recursion, input) = self.recursion(id, statement, input);
        let blocking = blocking(statement);
        let stage = Stage { context: self, id, statement, units: false };
        let chain = stage.chain(Half::Whole);
        let guests: Vec<Chain<'_>> = chain.guests().collect();
        let finishes = statement.finishes() || guests.iter().any(|guest| guest.statement.finishes());
        let Spawn { begun, spawn, by } = self.spawn(statement, finishes);
        let outs = self.plain_outs(&chain);
        let guest_outs = guests.iter().map(|guest| self.plain_outs(guest));
        let handles = self.open_handles(statement);
        let guest_handles = guests.iter().map(|guest| self.open_handles(guest.statement));
        let body = stage.body(&names::local("in_flight_limit"));
        let limit = self.in_flight_limit(statement, None);
        let policies = self.policies(id, statement);
        let guest_policies = guests.iter().map(|guest| self.policies(guest.id, guest.statement));
        let place = self.terminal_places(statement);
        let guest_places = guests.iter().map(|guest| self.terminal_places(guest.statement));
        let guest_ids = guests.iter().map(|guest| guest.id);
        let guest_tasks: Vec<Ident> = guests.iter().map(Chain::task).collect();
        // The innermost guest is dropped first, and a panic is put down to it.
        let future = future_of(
            statement,
            quote! {
                #handles
                #(#guest_handles)*
                #(let mut #guest_tasks = #guest_tasks;)*
                #body
                #private::Ok(())
            },
        );
        quote! {{
            #recursion
            let mut input = #input;
            #outs
            #(#guest_outs)*
            #policies
            #(#guest_policies)*
            #place
            #(#guest_places)*
            #limit
            let mut task = launch.task(#id)#blocking;
            #(let #guest_tasks = launch.task(#guest_ids);)*
            #begun
            launch.#spawn(#of, #by #future);
        }}
    }

    /// A source and the statement that is inline behind it: the source is the input of that one's loop.
    fn source_and_reader_task(&self, id: StatementId, source: &Statement, reader: StatementId) -> TokenStream {
        let End::Edge(edge) = &source.end else { return TokenStream::new() };
        let (items, body) = (names::items(&self.graph.edges[*edge]), names::part(source, "source"));
        let input = match self.policies(id, source) {
            None => {
                let future = future_of(source, quote!(#body.open()(out).await));
                quote!({
                    let (out, source) = launch.inline_source(#id, #items);
                    source.run(#future)
                })
            }
            Some(set_policies) => {
                let future = future_of(source, self.made_again(source, &TokenStream::new()));
                quote!({
                    #set_policies
                    let (retried, source) = launch.retried_inline_source(#id, #items);
                    source.run(#future)
                })
            }
        };
        self.loop_task(id, reader, &input)
    }

    fn source_task(&self, id: StatementId, statement: &Statement) -> TokenStream {
        let End::Edge(edge) = &statement.end else { return TokenStream::new() };
        let (tx, body) = (names::tx(&self.graph.edges[*edge]), names::part(statement, "source"));
        if let Some(set_policies) = self.policies(id, statement) {
            let started = self.retried_source_task(id, statement, &tx);
            return quote!({ #set_policies #started });
        }
        let spawn = spawn(statement);
        match &statement.head {
            Head::Generator(func) if func.asyncness.is_none() => quote! {{
                let (out, generator) = launch.blocking_generator(#id, #tx);
                launch.spawn_generator(#id, generator, move || #body.open()(out));
            }},
            Head::Generator(_) => {
                let future = future_of(statement, quote!(generator.run(#body.open()(out)).await));
                quote! {{
                    let (out, generator) = launch.generator(#id, #tx);
                    launch.#spawn(#id, #future);
                }}
            }
            _ => {
                let blocking = blocking(statement);
                let future = future_of(statement, quote!(watch.run(#body.open()(out #blocking)).await));
                quote! {{
                    let (out, watch) = launch.source(#id, #tx);
                    launch.#spawn(#id, #future);
                }}
            }
        }
    }

    /// Spawns a source that is made again after an error.
    fn retried_source_task(&self, id: StatementId, statement: &Statement, tx: &Ident) -> TokenStream {
        let private = &self.private;
        let (body, policies, spawn) = (names::part(statement, "source"), policies_of(statement), spawn(statement));
        match &statement.head {
            Head::Generator(func) => {
                let retried = quote!(let retried = launch.retried_generator(#id, #tx););
                if func.asyncness.is_none() {
                    return quote!(#retried launch.spawn_retried_generator(#id, retried, #policies, #body.open()););
                }
                let future = future_of(
                    statement,
                    quote! {
                        let mut body = #body.open();
                        let mut times = retried.times(&#policies);
                        loop {
                            let (output, generator) = (&mut times).begin();
                            let made = generator.run(body(output)).await;
                            if let #private::Some(result) = (&mut times).ended(made).await { break result; }
                        }
                    },
                );
                quote!(#retried launch.#spawn(#id, #future);)
            }
            _ => {
                let made = self.made_again(statement, &blocking(statement));
                let future = future_of(statement, quote!(watch.run(async move { #made }).await));
                quote! {
                    let (retried, watch) = launch.retried_source(#id, #tx);
                    launch.#spawn(#id, #future);
                }
            }
        }
    }

    /// The loop of a source that is made again after an error.
    fn made_again(&self, statement: &Statement, blocking: &TokenStream) -> TokenStream {
        let private = &self.private;
        let (body, policies) = (names::part(statement, "source"), policies_of(statement));
        let times =
            names::local(if self.graph.ends_at_err(statement).is_some() { "times_of_results" } else { "times" });
        quote! {
            let mut body = #body.open();
            let mut times = retried #blocking.#times(&#policies);
            loop {
                let made = body((&mut times).begin()).await;
                if let #private::Some(result) = (&mut times).ended(made).await { break result; }
            }
        }
    }

    /// A fragment's tasks, which stand in the place of one.
    fn via(&self, id: StatementId, statement: &Statement, input: &TokenStream) -> TokenStream {
        let flow = names::operator(statement, "via", 0, "");
        match &statement.end {
            End::Edge(edge) => {
                let tx = names::tx(&self.graph.edges[*edge]);
                quote!(launch.via(#id, #flow, #input, #tx);)
            }
            _ => {
                let place = names::part(statement, "place");
                quote! {
                    launch.via_sink(#id, #flow, #input);
                    (&#place).set(());
                }
            }
        }
    }

    fn process_task(&self, id: StatementId, statement: &Statement, op: &Op, input: &TokenStream) -> TokenStream {
        let private = &self.private;
        let End::Edge(edge) = &statement.end else { return TokenStream::new() };
        let (tx, body) = (names::tx(&self.graph.edges[*edge]), names::operator(statement, op.spec.name, 0, ""));
        let spawn = spawn(statement);
        let future = future_of(statement, quote!(process.run(#body.open()(input, output)).await));
        quote! {{
            let (input, output, process) =
                #private::process_ends(launch.task(#id), #private::Box::new(#input), #tx);
            launch.#spawn(#id, #future);
        }}
    }

    /// The statement's input: an edge, or several joined.
    fn input(&self, statement: &Statement) -> TokenStream {
        let private = &self.private;
        match &statement.head {
            Head::Source(_) | Head::Generator(_) | Head::Input => TokenStream::new(),
            Head::Edge { edge, .. } => {
                let rx = names::rx(&self.graph.edges[*edge]);
                quote!(#rx)
            }
            Head::Join { kind, parts, .. } => {
                let input = |(index, part): (usize, &Part)| {
                    let rx = names::rx(&self.graph.edges[part.edge]);
                    let wrapped = part.wrap.as_ref().map(|_| {
                        let wrap = prepare::wrap_name(statement, index);
                        quote!(#private::Wrapped::new(#rx, #wrap))
                    });
                    wrapped.unwrap_or(quote!(#rx))
                };
                let boxed = |weak: bool| {
                    let inputs = parts.iter().enumerate().filter(|(_, part)| part.weak == weak).map(input);
                    quote!(#private::vec![#(#private::Box::new(#inputs)),*])
                };
                match kind {
                    JoinKind::Zip => {
                        let inputs = parts.iter().enumerate().map(input);
                        quote!(#private::Zip::new((#(#inputs,)*)))
                    }
                    JoinKind::Merge => {
                        let (strong, weak) = (boxed(false), parts.iter().any(|part| part.weak).then(|| boxed(true)));
                        let weak = weak.map(|weak| quote!(.weak(#weak)));
                        quote!(#private::Merge::new(#strong)#weak)
                    }
                    JoinKind::Concat => {
                        let parts = boxed(false);
                        quote!(#private::Concat::new(#parts))
                    }
                }
            }
        }
    }

    /// Around the input of a statement that recurses, what its bodies find: a `let` of both, and the input then.
    fn recursion(&self, id: StatementId, statement: &Statement, input: &TokenStream) -> (TokenStream, TokenStream) {
        let private = &self.private;
        let Some(op) = statement.recursion() else { return (TokenStream::new(), input.clone()) };
        let option = |name: &str, local: &str| {
            let local = names::operator(statement, op.spec.name, 0, local);
            op.option(name).map(|_| local)
        };
        let limit = match option("frontier", "setting_frontier") {
            Some(limit) => quote!(#private::Some(#limit)),
            None => quote!(#private::None),
        };
        let unique = match option("unique", "unique") {
            Some(key) => quote!(#private::unique(#key)),
            None => quote!(#private::None),
        };
        let made = quote!(let (input, frontier) = #private::recurse(&launch.task(#id), #input, #limit, #unique););
        (made, quote!(input))
    }

    /// Each output: the local it goes by, and the senders behind it (several for a `tee`).
    fn outputs(&self, chain: &Chain<'_>) -> Vec<(Ident, Vec<Ident>)> {
        let tx = |edge: usize| names::tx(&self.graph.edges[edge]);
        chain.outputs().into_iter().map(|(out, edges)| (out, edges.into_iter().map(tx).collect())).collect()
    }

    /// The branches of a `tee` are of one type: if one is lossy, all become what may be so.
    fn either_senders(&self, statement: &Statement) -> Option<TokenStream> {
        let private = &self.private;
        let End::Tee(edges, _) = &statement.end else { return None };
        let edges = edges.iter().map(|&edge| &self.graph.edges[edge]).filter(|edge| !self.plan.has_no_edge(edge));
        let senders = edges.clone().map(names::tx);
        let any = edges.clone().any(|edge| edge.lossy.is_some());
        any.then(|| quote!(#(let mut #senders = #private::EitherSender::of(#senders);)*))
    }

    /// The outputs of a stage's only task.
    fn plain_outs(&self, chain: &Chain<'_>) -> TokenStream {
        let private = &self.private;
        let tee = matches!(chain.statement.end, End::Tee(..));
        let (main, eager) = (chain.locals().out(self.graph), eager(chain.statement));
        let either = self.either_senders(chain.statement);
        let outs = self.outputs(chain).into_iter().map(|(out, senders)| {
            let is_tee = tee && out == main;
            let value = if is_tee {
                quote!(#private::Tee::new(#private::vec![#(#senders #eager),*]))
            } else {
                quote!(#(#senders #eager)*)
            };
            quote!(let mut #out = #value;)
        });
        quote!(#either #(#outs)*)
    }

    /// n tasks that take units of the input and, unless they are unordered, put what comes of them back into order.
    fn worker_tasks(&self, id: StatementId, statement: &Statement, input: &TokenStream) -> TokenStream {
        let private = &self.private;
        let (recursion, input) = self.recursion(id, statement, input);
        let workers = names::setting(statement, "workers");
        let (Spawn { begun, spawn, by }, blocking) = (self.spawn(statement, statement.finishes()), blocking(statement));
        let eager = eager(statement);
        let ordered = statement.attrs.unordered.is_none();
        let stage = Stage { context: self, id, statement, units: true };
        let outputs = self.outputs(&stage.chain(Half::Whole));
        let either = self.either_senders(statement);
        let (shared, members, turns, retired) = worker_outs(private, statement, &outputs, ordered, &eager);
        let keyed = statement.attrs.keyed.is_some();
        let crew = if keyed {
            self.keyed_crew(id, statement, &input, &turns)
        } else {
            quote!(let crew = #private::Crew::new(&launch.task(#id), #input, #workers, #turns);)
        };
        let member = if keyed { quote!((&crew).member(worker)) } else { quote!((&crew).member()) };
        let handles = self.handles(statement);
        let key = keyed.then(|| names::part(statement, "key"));
        let all: Vec<_> = handles.iter().chain(&key).collect();
        let values = self.terminal_places(statement);
        let limit = self.in_flight_limit(statement, Some(&workers));
        let body = stage.body(&names::local("in_flight_limit"));
        let fewer = statement.attrs.in_flight.as_ref().map(|_| {
            let limit = names::setting(statement, "in_flight");
            quote!(let #workers = #private::workers_in_flight(#workers, #limit);)
        });
        let frontier = statement.recursion().map(|_| quote!(let frontier = #private::Clone::clone(&frontier);));
        let policies = self.policies(id, statement);
        let guards = policies.as_ref().map(|_| policies_of(statement)).into_iter().chain(decide_of(statement));
        let guards: TokenStream = guards.map(|guard| quote!(let #guard = #private::Clone::clone(&#guard);)).collect();
        let future = future_of(
            statement,
            quote! {
                let (#(#all,)*) = &*handles;
                #(let #handles = #handles.open();)*
                #body
                #private::Ok(())
            },
        );
        quote! {{
            #fewer
            #either
            #shared
            #recursion
            #crew
            #policies
            let handles = #private::Arc::new((#(#all,)*));
            for worker in 0..#workers {
                let handles = #private::Clone::clone(&handles);
                let mut input = #member;
                #frontier
                #guards
                #members
                #values
                #limit
                let mut task = launch.task(#id).worker(worker)#blocking;
                #begun
                launch.#spawn(#id, #by #future);
            }
            #retired
        }}
    }

    /// The input of keyed workers: the key's function is shared with the tasks, which need it for their states.
    fn keyed_crew(
        &self,
        id: StatementId,
        statement: &Statement,
        input: &TokenStream,
        turns: &TokenStream,
    ) -> TokenStream {
        let private = &self.private;
        let (key, workers) = (names::part(statement, "key"), names::setting(statement, "workers"));
        let of = match &statement.head {
            Head::Edge { question: Some(_), .. } | Head::Join { question: Some(_), .. } => {
                quote!(#private::key_of_ok(#private::Clone::clone(&key)))
            }
            _ => quote!(#private::key_of(#private::Clone::clone(&key))),
        };
        quote! {
            let key = #private::Arc::new(#key);
            let crew = #private::Keyed::new(&launch.task(#id), #input, #workers, #turns, #of);
            let #key = key;
        }
    }

    /// How a task of the statement is spawned. `finishes`: it finishes what it has begun before it leaves.
    fn spawn(&self, statement: &Statement, finishes: bool) -> Spawn {
        let private = &self.private;
        if !finishes {
            return Spawn { begun: None, spawn: spawn(statement), by: None };
        }
        Spawn {
            begun: Some(quote!(let begun = #private::Begun::new();)),
            spawn: Ident::new("spawn_finishing", place_of(statement)),
            by: Some(quote!(#private::Clone::clone(&begun),)),
        }
    }

    /// What the statement's tasks hold of its operators: functions, and what gives a state's first value.
    fn handles(&self, statement: &Statement) -> Vec<Ident> {
        statement.all_ops().enumerate().flat_map(|(index, op)| handles_of(statement, index, op)).collect()
    }

    /// The functions, in the one task that has them.
    fn open_handles(&self, statement: &Statement) -> TokenStream {
        let open = |(index, op): (usize, &Op)| {
            let waits = op.function().is_some_and(|func| func.asyncness.is_some());
            let handles = handles_of(statement, index, op);
            match (prepare::shares_closures(statement), waits) {
                (false, _) => quote!(#(let mut #handles = #handles.open();)*),
                (true, true) => {
                    let flying = handles.iter().map(|handle| in_flight(statement, handle));
                    quote!(#(let #flying = &#handles.open();)*)
                }
                (true, false) => quote!(#(let #handles = (&#handles).open();)*),
            }
        };
        statement.all_ops().enumerate().map(open).collect()
    }

    /// The places of a sink's value, one for each worker.
    fn terminal_places(&self, statement: &Statement) -> Option<TokenStream> {
        let private = &self.private;
        matches!(statement.end, End::Terminal(_)).then(|| {
            let place = names::part(statement, "place");
            quote!(let #place = #private::Clone::clone(&#place);)
        })
    }

    /// How many bodies a task may have in flight; the stage's number is shared out among its workers.
    fn in_flight_limit(&self, statement: &Statement, workers: Option<&Ident>) -> Option<TokenStream> {
        let private = &self.private;
        statement.attrs.in_flight.as_ref()?;
        let limit = names::setting(statement, "in_flight");
        let share = match workers {
            Some(workers) => quote!(#private::share_of(#limit, #workers, worker)),
            None => quote!(#limit),
        };
        let share = match self.waits_beside_bodies(statement) {
            true => quote!(#private::beside(#share)),
            false => share,
        };
        Some(quote!(let in_flight_limit = #share;))
    }
}

/// How a task is spawned.
struct Spawn {
    /// `let begun`: what its bodies and what runs it both know.
    begun: Option<TokenStream>,
    spawn: Ident,
    /// The argument in front of the task's future.
    by: Option<TokenStream>,
}

/// The local with a function whose bodies are in flight, in the one task that they are in. What cannot be there while they
/// wait is shown at the function, and so the name stands there; nothing of the user's is in its scope.
pub(super) fn in_flight(statement: &Statement, function: &Ident) -> Ident {
    Ident::new(&function.to_string(), place_of(statement))
}

/// What a statement's tasks hold of the operator at `index`.
fn handles_of(statement: &Statement, index: usize, op: &Op) -> Vec<Ident> {
    let name = |part: &str| names::operator(statement, op.spec.name, index, part);
    let function = op.function().map(|_| name(""));
    let init = prepare::has_init(op.spec.kind).then(|| name("init"));
    function.into_iter().chain(init).collect()
}

/// The outputs of a stage with workers: what is made once, what each worker gets, the turns, and what is done at last.
fn worker_outs(
    private: &TokenStream,
    statement: &Statement,
    outputs: &[(Ident, Vec<Ident>)],
    ordered: bool,
    eager: &TokenStream,
) -> (TokenStream, TokenStream, TokenStream, TokenStream) {
    let workers = names::setting(statement, "workers");
    let tee = matches!(statement.end, End::Tee(..));
    let [mut shared, mut members, mut turns, mut retired] = std::array::from_fn(|_| TokenStream::new());
    for (out, senders) in outputs {
        let is_tee = tee && *out == "out";
        for sender in senders {
            if ordered {
                shared.extend(quote!(let #sender = #private::Reorder::new(#sender #eager, #workers);));
                turns.extend(quote!((&*#sender).turns(),));
            } else {
                shared.extend(quote!(let mut #sender = #sender #eager;));
                retired.extend(quote!(#sender.retire();));
            }
        }
        let value = match (ordered, is_tee) {
            (true, true) => quote!(#private::Tee::new(#private::vec![#((&#senders).member()),*])),
            (true, false) => quote!(#((&#senders).member())*),
            (false, true) => quote!(#private::Tee::new(#private::vec![#((&mut #senders).share()),*])),
            (false, false) => quote!(#((&mut #senders).share())*),
        };
        members.extend(quote!(let mut #out = #value;));
    }
    if outputs.is_empty() && ordered {
        shared.extend(quote!(let order = #private::Reorder::without_output(#workers);));
        turns.extend(quote!((&*order).turns(),));
        members.extend(quote!(let mut order = (&order).member();));
    }
    (shared, members, quote!(#private::vec![#turns]), retired)
}

/// Which threads the stage runs on.
fn spawn(statement: &Statement) -> Ident {
    let spawn = if statement.attrs.blocking.is_some() { "spawn_blocking" } else { "spawn" };
    Ident::new(spawn, place_of(statement))
}

/// Where it is shown that something cannot go to another thread: at the closure that waits while it has it, or at the
/// stage's name.
fn place_of(statement: &Statement) -> Span {
    let waits = statement.all_ops().filter_map(Op::function).find(|func| func.asyncness.is_some());
    waits.map_or_else(|| statement.name.span(), |func| func.span)
}

/// The future of a stage's task.
fn future_of(statement: &Statement, body: TokenStream) -> TokenStream {
    let span = place_of(statement);
    let body = ask::braced(body, span);
    quote_spanned!(span=> async move #body)
}

/// A task that may block need not give way.
fn blocking(statement: &Statement) -> TokenStream {
    if statement.attrs.blocking.is_some() { quote!(.blocking()) } else { TokenStream::new() }
}

/// A stage that may block publishes each item.
fn eager(statement: &Statement) -> TokenStream {
    if statement.attrs.blocking.is_some() { quote!(.eager()) } else { TokenStream::new() }
}

/// A statement's loop.
pub(super) struct Stage<'a> {
    context: &'a Context<'a>,
    id: StatementId,
    statement: &'a Statement,
    /// The input comes in units.
    units: bool,
}

impl Stage<'_> {
    fn chain(&self, half: Half) -> Chain<'_> {
        let statement = self.statement;
        let in_flight = statement.in_flight_op();
        let (id, units) = (self.id, self.units);
        Chain {
            context: self.context,
            id,
            statement,
            owner: id,
            half,
            in_flight,
            units,
            input_parks: !units,
            stretch: false,
        }
    }

    fn body(&self, limit: &Ident) -> TokenStream {
        if self.statement.attrs.in_flight.is_some() { self.in_flight(limit) } else { self.whole() }
    }

    /// The loop over the input, with the items' whole way inside.
    fn whole(&self) -> TokenStream {
        let chain = self.chain(Half::Whole);
        let (set_up, guests_set_up) = (chain.set_up(), self.guests_set_up(&chain));
        let items = if chain.goes_in_stretches() { self.stretches(&chain) } else { self.items(&chain) };
        let (end, guests_end) = (chain.end(), self.guests_end(&chain));
        quote!(#set_up #guests_set_up #items #end #guests_end)
    }

    /// What stands before the loop for the statements inside it. Their first values are their own business.
    fn guests_set_up(&self, chain: &Chain<'_>) -> TokenStream {
        let set_ups = chain.guests().filter_map(|guest| {
            let (task, set_up) = (guest.task(), guest.set_up());
            (!set_up.is_empty()).then(|| quote!((&#task).at_work(); #set_up))
        });
        let set_ups: TokenStream = set_ups.collect();
        let done = (!set_ups.is_empty()).then(|| {
            let task = chain.task();
            quote!((&#task).at_work();)
        });
        let nothing_wanted = chain.guests().filter(|guest| !guest.takes_nothing().is_empty()).map(|guest| {
            let (task, ending, end) = (guest.task(), guest.locals().ending(), guest.end_in_loop());
            quote!(if #ending && (&#task).is_open() { #end })
        });
        quote!(#set_ups #done #(#nothing_wanted)*)
    }

    /// The ends of the statements inside the loop, the input having ended.
    fn guests_end(&self, chain: &Chain<'_>) -> TokenStream {
        // The input has been closed.
        let chain = Chain { input_parks: false, ..chain.clone() };
        let ends = chain.guests().map(|guest| {
            let (task, end) = (guest.task(), guest.end_of_guest());
            if guest.ends_in_loop() { quote!(if (&#task).is_open() { #end }) } else { end }
        });
        ends.collect()
    }

    /// Two loops side by side: one starts bodies, the other takes what arrives of them.
    fn in_flight(&self, limit: &Ident) -> TokenStream {
        let private = &self.context.private;
        let statement = self.statement;
        let (first, second) = (self.chain(Half::First), self.chain(Half::Second));
        let flight = first.flight();
        let (first_set_up, second_set_up) = (first.set_up(), second.set_up());
        let items = self.items(&first);
        let body = second.body();
        let state = second.bind_states();
        let stop = second.check_end();
        let while_open = self.while_open(&second);
        let end = second.end();
        let held = second.held();
        let next = quote!((&mut arrivals).next(#held));
        let due = second.due();
        let when_due = due.as_ref().map(|due| {
            let pass_on = second.when_due();
            quote! {
                if #private::is_due(#due) {
                    #pass_on
                    continue;
                }
            }
        });
        let next = match &due {
            None => self.unless_closed(&second, &next),
            Some(due) => {
                let next = self.unless_closed(&second, &quote!(#private::until_due(#due, #next)));
                quote!(match #next { #private::Some(next) => next, #private::None => continue })
            }
        };
        let next = quote!(match (&mut arrivals).at_hand() {
            #private::Some(arrival) => #private::Some(arrival),
            #private::None => #next,
        });
        let flush = second.flush(true);
        let enough = (second.may_end() && !flush.is_empty()).then(|| quote!(#private::drop(arrivals);));
        let outs = second.outlets();
        let ordered = statement.attrs.unordered.is_none();
        let fatal = match statement.attrs.on_error {
            OnError::Fail => quote!(|_| true),
            OnError::Skip | OnError::Reject => quote!(|_| false),
            OnError::Decided => quote!(#private::Result::is_err),
        };
        let decide = decide_of(statement).map(|decide| quote!(let #decide = &#decide;));
        let begun = statement.finishes().then(|| quote!(let begun = &begun;));
        let finishing = statement.finishes().then(|| quote!(.finishing(begun)));
        let keyed = statement.attrs.keyed.is_some();
        let make = names::local(if keyed { "in_flight_keyed" } else { "in_flight" });
        let (key, arrival) =
            if keyed { (quote!(key), quote!((load, key, arrived))) } else { (quote!(()), quote!((load, arrived))) };
        let stage = stage_label();
        let rejected = match statement.rejects {
            Some(_) => {
                let push = second.push(&names::local("rejects"), &quote!(rejected));
                quote! {
                    (&mut task).take_back(load);
                    #push
                    (&mut task).note(#private::Fate::Rejected);
                    (&mut task).settle();
                }
            }
            None => quote!(let _: (#private::Load, ()) = (load, rejected);),
        };
        let drive = ask::parenthesised(quote!(flights #finishing.drive(#fatal, first, second)), place_of(statement));
        let drive = quote_spanned!(place_of(statement)=> #drive.await;);
        quote! {
            let failures = (&task).failures();
            let failures = &failures;
            #begun
            let (mut starts, mut arrivals, flights) = #private::#make(&task, #limit, #ordered);
            #decide
            #flight
            let body = &body;
            let mut second_task = (&mut task).another();
            let first = async move {
                #first_set_up
                #items
            };
            let second = async move {
                let mut task = second_task;
                #second_set_up
                #stage: #while_open {
                    #when_due
                    let #arrival = match #next {
                        #private::Some(#private::Arrival::Item(load, #key, arrived)) => #arrival,
                        #private::Some(#private::Arrival::Turn(turn)) => {
                            (&mut task).turn_to(turn, #outs).await;
                            continue;
                        }
                        #private::Some(#private::Arrival::Rejected(load, rejected)) => {
                            #rejected
                            continue;
                        }
                        #private::Some(#private::Arrival::Failed(load, error)) => {
                            (&mut task).take_back(load);
                            match (&mut task).fail_held(error, #outs).await {}
                        }
                        #private::None => break,
                    };
                    (&mut task).take_back(load);
                    #state
                    'item: { #body }
                    (&mut task).settle();
                    #stop
                }
                #enough
                #flush
                #end
            };
            #drive
        }
    }

    /// The key of an item.
    fn bind_key(&self) -> Option<TokenStream> {
        self.statement.attrs.keyed.as_ref().map(|_| {
            let key = names::part(self.statement, "key");
            quote!(let key = #key(&item);)
        })
    }

    pub(super) fn while_open(&self, chain: &Chain<'_>) -> TokenStream {
        if chain.may_end() { quote!(while !ending) } else { quote!(loop) }
    }

    /// What is done with an item, from when it is taken up until it has met its fate.
    pub(super) fn item(&self, chain: &Chain<'_>) -> TokenStream {
        let (question, key) = (chain.question(), self.bind_key());
        let (states, body) = (chain.bind_states(), chain.body());
        quote! {
            (&mut task).begin();
            'item: {
                #question
                #key
                #states
                #body
            }
            (&mut task).settle();
        }
    }

    /// The loop that takes items from the input.
    fn items(&self, chain: &Chain<'_>) -> TokenStream {
        let private = &self.context.private;
        let stage = stage_label();
        let (item, stop) = (self.item(chain), chain.check_end());
        let while_open = self.while_open(chain);
        let pop = names::local(if self.units { "pop_unit" } else { "pop" });
        let more = self.more(chain);
        // What is left waits for room, and whoever feeds this must not wait for it: it may have ended before its input.
        let flush = Chain { input_parks: false, ..chain.clone() }.flush(true);
        // An item is taken up only when its body can be started.
        let room = (chain.half == Half::First).then(|| chain.room_for_body());
        let spare = chain.let_spare();
        quote! {
            #spare
            #stage: #while_open {
                #room
                let item = match (&mut task).#pop(&mut input) {
                    #private::Some(item) => item,
                    #private::None => #more,
                };
                #item
                #stop
            }
            #private::drop(input);
            #flush
        }
    }

    /// What is done when no item is at hand.
    pub(super) fn more(&self, chain: &Chain<'_>) -> TokenStream {
        let private = &self.context.private;
        let outs = chain.waiting();
        let due = chain.due();
        let first = chain.half == Half::First;
        let wait = match &due {
            None if self.units && first => quote!((&mut task).take_unit(&mut input, &mut starts)),
            None if self.units => quote!((&mut task).more_units(&mut input, #outs)),
            None => quote!((&mut task).more(&mut input, #outs)),
            Some(due) if self.units && first => quote!((&mut task).take_unit_until(&mut input, &mut starts, #due)),
            Some(due) if self.units => quote!((&mut task).more_units_until(&mut input, #outs, #due)),
            Some(due) => quote!((&mut task).more_until(&mut input, #outs, #due)),
        };
        let stage = stage_label();
        let wait = if first { quote!(#wait.await) } else { self.unless_closed(chain, &wait) };
        match due.map(|_| chain.when_due()) {
            None => quote! {
                match #wait {
                    true => continue #stage,
                    false => break #stage,
                }
            },
            Some(when_due) => quote! {
                match #wait {
                    #private::More::Items => continue #stage,
                    #private::More::End => break #stage,
                    #private::More::Due => {
                        #when_due
                        continue #stage;
                    }
                }
            },
        }
    }

    /// Awaits `wait`; a `forward` whose receiver goes meanwhile ends the loop, or the statement inside it that it is in.
    fn unless_closed(&self, chain: &Chain<'_>, wait: &TokenStream) -> TokenStream {
        let private = &self.context.private;
        let watched = std::iter::once(chain.clone()).chain(chain.guests());
        let watched: Vec<_> = watched.filter_map(|chain| Some((forward(&chain)?, chain))).collect();
        let future = watched.iter().rev().fold(wait.clone(), |wait, ((target, items), chain)| {
            if chain.is_guest() {
                let task = chain.task();
                return quote!(#private::unless_closed_while((&#task).is_open(), #items, &mut #target, #wait));
            }
            quote!(#private::unless_closed(#items, &mut #target, #wait))
        });
        watched.iter().fold(quote!(#future.await), |waited, (_, chain)| {
            let ended = if chain.is_guest() {
                let end = chain.end_in_loop();
                quote!({ #end continue; })
            } else {
                quote!(break)
            };
            quote! {
                match #waited {
                    #private::Some(waited) => waited,
                    #private::None => #ended,
                }
            }
        })
    }
}

/// Where the statement forwards to, and the witness of what it forwards.
fn forward(chain: &Chain<'_>) -> Option<(Ident, Ident)> {
    let (index, op) = chain.statement.all_ops().enumerate().find(|(_, op)| op.spec.kind == OpKind::Forward)?;
    let name = |part: &str| names::operator(chain.statement, op.spec.name, index, part);
    Some((name(""), name("items")))
}
