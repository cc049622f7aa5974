//! The second half of a pipeline's block: the tasks. A statement is one loop; what differs is where its items come
//! from (an edge, or units of a shared input) and whether its bodies run one by one or in flight.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::step::{Chain, Half, branch, stage_label};
use super::{Context, names, prepare};
use crate::graph::{End, Head, JoinKind, Op, Part, Statement, StatementId, StatementKind};
use crate::ops::OpKind;

impl Context<'_> {
    /// Spawns the tasks of a statement.
    pub(super) fn task(&self, id: StatementId, statement: &Statement) -> TokenStream {
        let private = &self.private;
        if statement.is_port() {
            return TokenStream::new();
        }
        if statement.kind == StatementKind::Source {
            return self.source_task(id, statement);
        }
        let input = self.input(statement);
        if statement.via().is_some() {
            return self.via(id, statement, &input);
        }
        let (recursion, input) = self.recursion(id, statement, input);
        if let [op] = statement.ops.as_slice()
            && op.spec.kind == OpKind::Process
        {
            return self.process_task(id, statement, op, &input);
        }
        if statement.attrs.workers.is_some() {
            return self.worker_tasks(id, statement, &recursion, &input);
        }
        let outs = self.plain_outs(statement);
        let (spawn, blocking) = (spawn(statement), blocking(statement));
        let stage = Stage { context: self, statement, units: false };
        let handles =
            if statement.attrs.in_flight.is_some() { borrow_all(&self.handles(statement)) } else { TokenStream::new() };
        let body = stage.body(&names::local("in_flight_limit"));
        let limit = self.in_flight_limit(statement, None);
        let place = self.terminal_places(statement);
        quote! {{
            #recursion
            let mut input = #input;
            #outs
            #place
            #limit
            let mut task = launch.task(#id)#blocking;
            launch.#spawn(#id, async move {
                #handles
                #body
                #private::Ok(())
            });
        }}
    }

    fn source_task(&self, id: StatementId, statement: &Statement) -> TokenStream {
        let End::Edge(edge) = &statement.end else { return TokenStream::new() };
        let (tx, body) = (names::tx(&self.graph.edges[*edge]), names::part(statement, "source"));
        match &statement.head {
            Head::Generator(func) if func.asyncness.is_none() => quote! {{
                let (out, generator) = launch.blocking_generator(#id, #tx);
                launch.spawn_generator(#id, generator, move || #body(out));
            }},
            Head::Generator(_) => quote! {{
                let (out, generator) = launch.generator(#id, #tx);
                launch.spawn(#id, generator.run(#body(out)));
            }},
            _ => {
                let (spawn, blocking) = (spawn(statement), blocking(statement));
                quote! {{
                    let (out, watch) = launch.source(#id, #tx);
                    launch.#spawn(#id, watch.run(#body(out #blocking)));
                }}
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
                    #place.set(());
                }
            }
        }
    }

    fn process_task(&self, id: StatementId, statement: &Statement, op: &Op, input: &TokenStream) -> TokenStream {
        let private = &self.private;
        let End::Edge(edge) = &statement.end else { return TokenStream::new() };
        let (tx, body) = (names::tx(&self.graph.edges[*edge]), names::operator(statement, op.spec.name, 0, ""));
        quote! {{
            let (input, output, process) =
                #private::process_ends(launch.task(#id), #private::Box::new(#input), #tx);
            launch.spawn(#id, process.run(#body(input, output)));
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
    fn recursion(&self, id: StatementId, statement: &Statement, input: TokenStream) -> (TokenStream, TokenStream) {
        let private = &self.private;
        let Some(op) = statement.recursion() else { return (TokenStream::new(), input) };
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

    /// Each output's edge: the local it goes by, and the senders behind it (several for a `tee`).
    fn outputs(&self, statement: &Statement) -> Vec<(Ident, Vec<Ident>)> {
        let tx = |edge: &usize| names::tx(&self.graph.edges[*edge]);
        let mut outputs = match &statement.end {
            End::Edge(edge) => vec![(names::local("out"), vec![tx(edge)])],
            End::Tee(edges, _) => vec![(names::local("out"), edges.iter().map(tx).collect())],
            End::Route(edges, _) => {
                edges.iter().map(|edge| (branch(&self.graph.edges[*edge]), vec![tx(edge)])).collect()
            }
            End::Terminal(_) => Vec::new(),
        };
        outputs.extend(statement.rejects.as_ref().map(|edge| (names::local("rejects"), vec![tx(edge)])));
        outputs
    }

    /// The branches of a `tee` are of one type: if one is lossy, all become what may be so.
    fn either_senders(&self, statement: &Statement) -> Option<TokenStream> {
        let private = &self.private;
        let End::Tee(edges, _) = &statement.end else { return None };
        let edges = edges.iter().map(|&edge| &self.graph.edges[edge]);
        let senders = edges.clone().map(names::tx);
        let any = edges.clone().any(|edge| edge.lossy.is_some());
        any.then(|| quote!(#(let mut #senders = #private::EitherSender::from(#senders);)*))
    }

    /// The outputs of a stage's only task.
    fn plain_outs(&self, statement: &Statement) -> TokenStream {
        let private = &self.private;
        let tee = matches!(statement.end, End::Tee(..));
        let eager = eager(statement);
        let either = self.either_senders(statement);
        let outs = self.outputs(statement).into_iter().map(|(out, senders)| {
            let is_tee = tee && out == "out";
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
    fn worker_tasks(
        &self,
        id: StatementId,
        statement: &Statement,
        recursion: &TokenStream,
        input: &TokenStream,
    ) -> TokenStream {
        let private = &self.private;
        let workers = names::setting(statement, "workers");
        let (spawn, blocking) = (spawn(statement), blocking(statement));
        let eager = eager(statement);
        let ordered = statement.attrs.unordered.is_none();
        let outputs = self.outputs(statement);
        let either = self.either_senders(statement);
        let (shared, members, turns, retired) = worker_outs(private, statement, &outputs, ordered, &eager);
        let keyed = statement.attrs.keyed.is_some();
        let crew = if keyed {
            self.keyed_crew(id, statement, input, &turns)
        } else {
            quote!(let crew = #private::Crew::new(&launch.task(#id), #input, #workers, #turns);)
        };
        let member = if keyed { quote!(crew.member(worker)) } else { quote!(crew.member()) };
        let handles = self.handles(statement);
        let key = keyed.then(|| names::part(statement, "key"));
        let all: Vec<_> = handles.iter().chain(&key).collect();
        let values = self.terminal_places(statement);
        let limit = self.in_flight_limit(statement, Some(&workers));
        let stage = Stage { context: self, statement, units: true };
        let body = stage.body(&names::local("in_flight_limit"));
        let fewer = statement.attrs.in_flight.as_ref().map(|_| {
            let limit = names::setting(statement, "in_flight");
            quote!(let #workers = #private::workers_in_flight(#workers, #limit);)
        });
        let frontier = statement.recursion().map(|_| quote!(let frontier = frontier.clone();));
        quote! {{
            #fewer
            #either
            #shared
            #recursion
            #crew
            let handles = #private::Arc::new((#(#all,)*));
            for worker in 0..#workers {
                let handles = handles.clone();
                let mut input = #member;
                #frontier
                #members
                #values
                #limit
                let mut task = launch.task(#id).worker(worker)#blocking;
                launch.#spawn(#id, async move {
                    let (#(#all,)*) = &*handles;
                    #body
                    #private::Ok(())
                });
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
                quote!(#private::key_of_ok(key.clone()))
            }
            _ => quote!(#private::key_of(key.clone())),
        };
        quote! {
            let key = #private::Arc::new(#key);
            let crew = #private::Keyed::new(&launch.task(#id), #input, #workers, #turns, #of);
            let #key = key;
        }
    }

    /// What the statement's tasks hold of its operators: functions, and what gives a state's first value.
    fn handles(&self, statement: &Statement) -> Vec<Ident> {
        let handles = statement.all_ops().enumerate().flat_map(|(index, op)| {
            let name = |part: &str| names::operator(statement, op.spec.name, index, part);
            let function = op.function().map(|_| name(""));
            let init = prepare::has_init(op.spec.kind).then(|| name("init"));
            function.into_iter().chain(init)
        });
        handles.collect()
    }

    /// The places of a sink's value, one for each worker.
    fn terminal_places(&self, statement: &Statement) -> Option<TokenStream> {
        matches!(statement.end, End::Terminal(_)).then(|| {
            let place = names::part(statement, "place");
            quote!(let #place = #place.clone();)
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
        Some(quote!(let in_flight_limit = #share;))
    }
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
                turns.extend(quote!(#sender.turns(),));
            } else {
                shared.extend(quote!(let mut #sender = #sender #eager;));
                retired.extend(quote!(#sender.retire();));
            }
        }
        let member = if ordered { quote!(member) } else { quote!(share) };
        let value = if is_tee {
            quote!(#private::Tee::new(#private::vec![#(#senders.#member()),*]))
        } else {
            quote!(#(#senders.#member())*)
        };
        members.extend(quote!(let mut #out = #value;));
    }
    if outputs.is_empty() && ordered {
        shared.extend(quote!(let order = #private::Reorder::without_output(#workers);));
        turns.extend(quote!(order.turns(),));
        members.extend(quote!(let mut order = order.member();));
    }
    (shared, members, quote!(#private::vec![#turns]), retired)
}

/// Which threads the stage runs on.
fn spawn(statement: &Statement) -> Ident {
    names::local(if statement.attrs.blocking.is_some() { "spawn_blocking" } else { "spawn" })
}

/// A task that may block need not give way.
fn blocking(statement: &Statement) -> TokenStream {
    if statement.attrs.blocking.is_some() { quote!(.blocking()) } else { TokenStream::new() }
}

/// A stage that may block publishes each item.
fn eager(statement: &Statement) -> TokenStream {
    if statement.attrs.blocking.is_some() { quote!(.eager()) } else { TokenStream::new() }
}

fn borrow_all(handles: &[Ident]) -> TokenStream {
    quote!(#(let #handles = &#handles;)*)
}

/// A statement's loop.
struct Stage<'a> {
    context: &'a Context<'a>,
    statement: &'a Statement,
    /// The input comes in units.
    units: bool,
}

impl Stage<'_> {
    fn chain(&self, half: Half) -> Chain<'_> {
        let statement = self.statement;
        let in_flight = statement.in_flight_op();
        Chain { context: self.context, statement, half, in_flight, input_parks: !self.units }
    }

    fn body(&self, limit: &Ident) -> TokenStream {
        if self.statement.attrs.in_flight.is_some() { self.in_flight(limit) } else { self.whole() }
    }

    /// The loop over the input, with the items' whole way inside.
    fn whole(&self) -> TokenStream {
        let chain = self.chain(Half::Whole);
        let set_up = self.set_up(&chain);
        let items = self.items(&chain);
        let end = self.end(&chain);
        quote!(#set_up #items #end)
    }

    /// Two loops side by side: one starts bodies, the other takes what arrives of them.
    fn in_flight(&self, limit: &Ident) -> TokenStream {
        let private = &self.context.private;
        let statement = self.statement;
        let (first, second) = (self.chain(Half::First), self.chain(Half::Second));
        let flight = first.flight();
        let (first_set_up, second_set_up) = (self.set_up(&first), self.set_up(&second));
        let items = self.items(&first);
        let body = second.body();
        let state = second.bind_states();
        let stop = second.check_end();
        let while_open = self.while_open(&second);
        let end = self.end(&second);
        let held = second.held();
        let next = quote!(slots.next(#held));
        let due = self.due(&second);
        let when_due = due.as_ref().map(|due| {
            let pass_on = self.when_due(&second);
            quote! {
                if #private::is_due(#due) {
                    #pass_on
                    continue;
                }
            }
        });
        let next = match &due {
            None => self.unless_closed(&next),
            Some(due) => {
                let next = self.unless_closed(&quote!(#private::until_due(#due, #next)));
                quote!(match #next { #private::Some(next) => next, #private::None => continue })
            }
        };
        let flush = self.flush(&second, true);
        let outs = second.outlets();
        let ordered = statement.attrs.unordered.is_none();
        let fail_fast = statement.attrs.on_error == crate::graph::OnError::Fail;
        let keyed = statement.attrs.keyed.is_some();
        let (make, key) = if keyed { (names::local("keyed"), quote!(key)) } else { (names::local("new"), quote!(())) };
        let arrival = if keyed { quote!((hand, key, arrived)) } else { quote!((hand, arrived)) };
        let stage = stage_label();
        let rejected = match statement.rejects {
            Some(_) => {
                let push = second.push(&names::local("rejects"), &quote!(rejected));
                quote! {
                    task.take_back(hand);
                    #push
                    task.note(#private::Fate::Rejected);
                    task.settle();
                }
            }
            None => quote!(let _: (#private::Hand, ()) = (hand, rejected);),
        };
        quote! {
            let failures = task.failures();
            let failures = &failures;
            let slots = #private::InFlight::#make(#limit, #ordered);
            let slots = &slots;
            #flight
            let body = &body;
            let mut second_task = task.another();
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
                        #private::Some(#private::Arrival::Item(hand, #key, arrived)) => #arrival,
                        #private::Some(#private::Arrival::Turn(turn)) => {
                            task.turn_to(turn, #outs).await;
                            continue;
                        }
                        #private::Some(#private::Arrival::Rejected(hand, rejected)) => {
                            #rejected
                            continue;
                        }
                        #private::Some(#private::Arrival::Failed(hand, error)) => {
                            task.take_back(hand);
                            match task.fail_held(error, #outs).await {}
                        }
                        #private::None => break,
                    };
                    task.take_back(hand);
                    #state
                    'item: { #body }
                    task.settle();
                    #stop
                }
                #flush
                #end
            };
            slots.drive(#fail_fast, first, second).await;
        }
    }

    /// What stands before a loop: states and locals.
    fn set_up(&self, chain: &Chain<'_>) -> TokenStream {
        let private = &self.context.private;
        let (_, values) = chain.states();
        let attrs = &self.statement.attrs;
        let states = match (values.is_empty(), &attrs.keyed, &attrs.idle) {
            (true, _, _) => TokenStream::new(),
            (false, Some(_), Some(_)) => {
                let idle = names::setting(self.statement, "idle");
                quote!(let mut states = #private::IdleStates::new(#idle);)
            }
            (false, Some(_), None) => quote!(let mut states = #private::HashMap::new();),
            (false, None, _) => quote!(let mut states = (#(#values,)*);),
        };
        let locals = chain.locals();
        let ending = chain.may_end().then(|| {
            let none_wanted = self.takes_nothing(chain);
            quote!(let mut ending = false #(|| #none_wanted)*;)
        });
        let closed = chain.may_close().then(|| quote!(let mut closed = false;));
        quote!(#states #locals #ending #closed)
    }

    /// For each `take`: whether it takes nothing at all.
    fn takes_nothing(&self, chain: &Chain<'_>) -> Vec<TokenStream> {
        let ops = self.statement.all_ops().enumerate();
        let takes = ops.filter(|(index, op)| {
            let in_half = match (chain.half, chain.in_flight) {
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

    /// When something is to be done although no item comes: a group must go, or a key's states be dropped.
    fn due(&self, chain: &Chain<'_>) -> Option<TokenStream> {
        let private = &self.context.private;
        let group = chain.grouping().map(|(index, op)| {
            let group = names::operator(self.statement, op.spec.name, index, "items");
            quote!(#group.due())
        });
        let states = self.states_expire(chain).then(|| quote!(states.due()));
        match (group, states) {
            (Some(group), Some(states)) => Some(quote!(#private::earliest(#group, #states))),
            (group, states) => group.or(states),
        }
    }

    /// What is done then.
    fn when_due(&self, chain: &Chain<'_>) -> TokenStream {
        let expire = self.states_expire(chain).then(|| quote!(states.expire();));
        let flush = self.flush(chain, false);
        quote!(#expire #flush)
    }

    /// Whether there are states that are dropped when their key has been idle.
    fn states_expire(&self, chain: &Chain<'_>) -> bool {
        self.statement.attrs.idle.is_some() && !chain.states().0.is_empty()
    }

    /// The key of an item.
    fn bind_key(&self) -> Option<TokenStream> {
        self.statement.attrs.keyed.as_ref().map(|_| {
            let key = names::part(self.statement, "key");
            quote!(let key = #key(&item);)
        })
    }

    fn while_open(&self, chain: &Chain<'_>) -> TokenStream {
        if chain.may_end() { quote!(while !ending) } else { quote!(loop) }
    }

    /// The loop that takes items from the input.
    fn items(&self, chain: &Chain<'_>) -> TokenStream {
        let private = &self.context.private;
        let stage = stage_label();
        let body = chain.body();
        let question =
            matches!(self.statement.head, Head::Edge { question: Some(_), .. } | Head::Join { question: Some(_), .. });
        let question = question.then(|| chain.question());
        let (key, states) = (self.bind_key(), chain.bind_states());
        let stop = chain.check_end();
        let while_open = self.while_open(chain);
        let pop = names::local(if self.units { "pop_unit" } else { "pop" });
        let more = self.more(chain);
        let flush = self.flush(chain, true);
        // An item is taken up only when its body can be started.
        let room = (chain.half == Half::First).then(|| {
            let held = chain.held();
            quote!(#private::park(slots.room(), #held).await;)
        });
        quote! {
            #stage: #while_open {
                #room
                let item = match task.#pop(&mut input) {
                    #private::Some(item) => item,
                    #private::None => #more,
                };
                task.begin();
                'item: {
                    #question
                    #key
                    #states
                    #body
                }
                task.settle();
                #stop
            }
            #flush
            #private::drop(input);
        }
    }

    /// What is done when no item is at hand.
    fn more(&self, chain: &Chain<'_>) -> TokenStream {
        let private = &self.context.private;
        let outs = chain.outlets();
        let due = self.due(chain);
        let first = chain.half == Half::First;
        let wait = match &due {
            None if self.units && first => quote!(task.take_unit(&mut input, slots)),
            None if self.units => quote!(task.more_units(&mut input, #outs)),
            None => quote!(task.more(&mut input, #outs)),
            Some(due) if self.units && first => quote!(task.take_unit_until(&mut input, slots, #due)),
            Some(due) if self.units => quote!(task.more_units_until(&mut input, #outs, #due)),
            Some(due) => quote!(task.more_until(&mut input, #outs, #due)),
        };
        let wait = if first { quote!(#wait.await) } else { self.unless_closed(&wait) };
        match due.map(|_| self.when_due(chain)) {
            None => quote! {
                match #wait {
                    true => continue,
                    false => break,
                }
            },
            Some(when_due) => quote! {
                match #wait {
                    #private::More::Items => continue,
                    #private::More::End => break,
                    #private::More::Due => {
                        #when_due
                        continue;
                    }
                }
            },
        }
    }

    /// Awaits `wait`; a `forward` whose receiver goes meanwhile ends the loop.
    fn unless_closed(&self, wait: &TokenStream) -> TokenStream {
        let private = &self.context.private;
        let forward = self.statement.all_ops().enumerate().find(|(_, op)| op.spec.kind == OpKind::Forward);
        let Some((index, op)) = forward else { return quote!(#wait.await) };
        let (target, items) = (
            names::operator(self.statement, op.spec.name, index, ""),
            names::operator(self.statement, op.spec.name, index, "items"),
        );
        quote! {
            match #private::unless_closed(#items, &mut #target, #wait).await {
                #private::Some(waited) => waited,
                #private::None => break,
            }
        }
    }

    /// Passes on what a grouping operator holds: what is due, or everything at the end.
    fn flush(&self, chain: &Chain<'_>, at_end: bool) -> TokenStream {
        let private = &self.context.private;
        let Some((index, op)) = chain.grouping() else { return TokenStream::new() };
        let group = names::operator(self.statement, op.spec.name, index, "items");
        let after = chain.after(index);
        let states = chain.bind_states();
        let keyed = self.statement.attrs.keyed.is_some();
        let pattern = if keyed { quote!((key, rank, item)) } else { quote!(item) };
        // Several workers flush at the end: what they give is put into the order in which it began.
        let ranked = (keyed && self.units && at_end).then(|| {
            let outs = chain.outlets();
            match chain.half {
                Half::First => quote!(slots.turn(#private::Turn::AtEnd(rank));),
                Half::Whole | Half::Second => quote!(#private::at_end(#outs, rank);),
            }
        });
        let in_turn = (self.units && !at_end && chain.half != Half::First).then(|| {
            let outs = chain.outlets();
            quote!(#private::flush_in_turn(#outs).await;)
        });
        let stage = at_end.then(stage_label);
        let stage = stage.map(|stage| quote!(#stage:));
        let next = quote!(#group.flush(&mut task, #at_end));
        let pass_on = quote!(#ranked #states #after);
        let all = if chain.may_close() {
            quote!(while !closed {
                let #private::Some(#pattern) = #next else { break };
                #pass_on
            })
        } else {
            quote!(while let #private::Some(#pattern) = #next { #pass_on })
        };
        quote!(#stage #all #in_turn)
    }

    /// What stands behind a loop: the outputs are closed, a sink leaves its value.
    fn end(&self, chain: &Chain<'_>) -> TokenStream {
        let outs = chain.outlets();
        let value = chain.value().map(|value| {
            let place = names::part(self.statement, "place");
            let put = match &self.statement.end {
                End::Terminal(op) if self.units && op.spec.stateful => "join",
                _ if self.units => "add",
                _ => "set",
            };
            let put = names::local(put);
            quote!(#place.#put(#value);)
        });
        let finish = if chain.outs().is_empty() { TokenStream::new() } else { quote!(task.finish(#outs).await;) };
        // A sink's value comes first: what its rejects are read by may end before it has closed what it forwards to.
        quote!(#value #finish)
    }
}
