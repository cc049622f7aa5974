//! Rules about attributes.

use syn::{Error, Ident};

use super::{has_question, is_async, is_process};
use crate::{
    diagnostics::Diagnostics,
    graph::{Decide, End, FuncBody, Graph, Head, OnError, Op, Setting, Statement, StatementKind},
    ops::{OpKind, Role},
    text,
};

pub(super) fn check(graph: &Graph, diagnostics: &mut Diagnostics) {
    zero_deadline(graph, diagnostics);
    zero_drain(graph, diagnostics);
    for statement in &graph.statements {
        zero_counts(statement, diagnostics);
        if matches!(statement.head, Head::Input) || statement.via().is_some() {
            continue;
        }
        if statement.kind == StatementKind::Source {
            generator_form(statement, diagnostics);
            continue;
        }
        unordered_alone(statement, diagnostics);
        stateful_under_workers(statement, diagnostics);
        forward_under_keyed_workers(statement, diagnostics);
        zero_idle(statement, diagnostics);
        idle_without_state(statement, diagnostics);
        on_error_and_else(graph, statement, diagnostics);
        on_error_without_failure(statement, diagnostics);
        on_cancel_of_sync(statement, diagnostics);
        if !in_flight_with_blocking(statement, diagnostics) {
            blocking_async(statement, diagnostics);
            in_flight_async(statement, diagnostics);
        }
    }
}

/// `workers(0)` and `in_flight(0)`.
fn zero_counts(statement: &Statement, diagnostics: &mut Diagnostics) {
    let settings = [("workers", &statement.attrs.workers), ("in_flight", &statement.attrs.in_flight)];
    for (name, setting) in settings {
        if let Some(setting) = setting.as_ref().filter(|setting| setting.constant() == Some(0)) {
            diagnostics.push(Error::new(setting.span(), format_args!("`{name}` cannot be 0\nhelp: 1 or more")));
        }
    }
}

/// `#![deadline(0s)]`
fn zero_deadline(graph: &Graph, diagnostics: &mut Diagnostics) {
    if let Some(Setting::Duration(0, span)) = graph.options.deadline {
        diagnostics.push(Error::new(span, "`deadline` cannot be 0: nothing would run"));
    }
}

/// `#![drain(0s)]`
fn zero_drain(graph: &Graph, diagnostics: &mut Diagnostics) {
    if let Some(Setting::Duration(0, span)) = graph.options.drain {
        let message = "`drain` cannot be 0\n\
            help: to stop without delivering what is in flight, call `cancel()` instead of `shutdown()`";
        diagnostics.push(Error::new(span, message));
    }
}

/// A generator waits, or it blocks, and its source says which.
fn generator_form(statement: &Statement, diagnostics: &mut Diagnostics) {
    let Head::Generator(func) = &statement.head else { return };
    match (func.asyncness, statement.attrs.written("blocking")) {
        (Some(asyncness), Some(blocking)) => diagnostics.conflict(
            asyncness,
            "an `async` generator cannot run under `blocking`\n\
             help: remove `async`, with `if !out.send(x) { return }` in the body, or remove `blocking`",
            blocking,
            "`blocking` is given here",
        ),
        (None, None) => diagnostics.push(Error::new(
            func.span,
            "a generator that is not `async` blocks its thread\n\
             help: make it `async |out| { … out.send(x).await; … }`, or add `#[blocking]`",
        )),
        _ => {}
    }
}

/// One worker, one item at a time: there is only one order.
fn unordered_alone(statement: &Statement, diagnostics: &mut Diagnostics) {
    let policies = &statement.attrs;
    let Some(name) = policies.written("unordered").filter(|_| policies.unordered.is_some()) else { return };
    if policies.written("workers").is_none() && policies.written("in_flight").is_none() {
        let other = if statement.all_ops().any(is_async) { "in_flight(64)" } else { "workers(8)" };
        let message = format!(
            "`unordered` needs `workers` or `in_flight`: one item at a time has one order\n\
             help: `#[{other}, unordered]`, or leave it away"
        );
        diagnostics.error(name, message);
    }
}

/// State from item to item would mean something else with each number of workers.
fn stateful_under_workers(statement: &Statement, diagnostics: &mut Diagnostics) {
    let policies = &statement.attrs;
    let Some(workers) = policies.written("workers").filter(|_| policies.written("keyed").is_none()) else { return };
    let Some(op) = statement.all_ops().find(|op| op.spec.stateful) else { return };
    let name = &op.name;
    let help = match op.spec.role {
        Role::Terminal => format!("do the parallel work in a `stage` before it, and `{name}` in a sink of its own"),
        _ => "add `keyed(|x| …)` for one state per key, or give it a stage of its own without `workers`".to_owned(),
    };
    diagnostics.conflict(
        name,
        format_args!(
            "`{name}` keeps state from item to item and cannot run under `workers`\n\
             help: {help}"
        ),
        workers,
        format_args!("`workers` is given here, for all of `{}`", statement.name),
    );
}

/// What `forward` sends to cannot be had for each worker.
fn forward_under_keyed_workers(statement: &Statement, diagnostics: &mut Diagnostics) {
    let End::Terminal(op) = &statement.end else { return };
    let (Some(_), Some(workers)) = (statement.attrs.written("keyed"), statement.attrs.written("workers")) else {
        return;
    };
    if op.spec.kind == OpKind::Forward {
        diagnostics.conflict(
            &op.name,
            "`forward` has one receiver for all keys and cannot run under `workers`\n\
             help: do the parallel work in a `stage` before it, and `forward` in a sink of its own",
            workers,
            format_args!("`workers` is given here, for all of `{}`", statement.name),
        );
    }
}

/// `keyed(|x| x.id, idle = 0s)`
fn zero_idle(statement: &Statement, diagnostics: &mut Diagnostics) {
    if let Some(Setting::Duration(0, span)) = statement.attrs.idle {
        diagnostics.push(Error::new(span, "`idle` cannot be 0: no state would last until the next item"));
    }
}

/// `idle` in a statement that has no state that could be dropped.
fn idle_without_state(statement: &Statement, diagnostics: &mut Diagnostics) {
    let Some(idle) = &statement.attrs.idle else { return };
    if statement.tainted || statement.ops.iter().any(|op| op.spec.emission.state.is_some()) {
        return;
    }
    let holds = statement.all_ops().find(|op| op.spec.stateful);
    let why = match holds.map(|op| (op.spec.role, &op.name)) {
        Some((Role::Grouping, name)) => format!("what `{name}` holds back goes out in its own time"),
        Some((Role::Terminal, name)) if *name == "forward" => "`forward` keeps no state of a key".to_owned(),
        Some((_, name)) => format!("a key's value in `{name}` is a result and does not expire"),
        None => "no operator here keeps state from item to item".to_owned(),
    };
    diagnostics.push(Error::new(
        idle.span(),
        format_args!(
            "`idle` has nothing to drop: {why}\n\
             help: remove it; it is for `scan`, `dedup`, `enumerate`, `take`, `skip` and their like"
        ),
    ));
}

/// `else` says what a failed item does, and so does `on_error`.
fn on_error_and_else(graph: &Graph, statement: &Statement, diagnostics: &mut Diagnostics) {
    let Some(name) = statement.attrs.written("on_error") else { return };
    if let Some(decide) = &statement.attrs.decide {
        decided_and_else(graph, statement, (name, decide), diagnostics);
        return;
    }
    let rejects = statement.attrs.on_error == OnError::Reject;
    match statement.rejects.map(|edge| &graph.edges[edge].name) {
        Some(stream) if !rejects => diagnostics.conflict(
            name,
            format_args!(
                "`on_error` says that failed items are not rejected\n\
                 help: remove `on_error`, or remove `else {stream}`"
            ),
            stream,
            format_args!("`else` makes them the stream `{stream}`"),
        ),
        None if rejects && !statement.tainted => needs_else(name, "on_error(reject)", diagnostics),
        _ => {}
    }
}

/// What is `written` rejects items, and there is no stream for them.
pub(super) fn needs_else(at: &Ident, written: &str, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        at,
        format_args!(
            "`{written}` needs an `else` stream\n\
             help: `else rejects` at the end of the statement, and a sink: `sink rejected = rejects.count();`"
        ),
    );
}

/// A closure that rejects needs an `else` stream, and one that does not has none.
fn decided_and_else(
    graph: &Graph,
    statement: &Statement,
    (name, decide): (&Ident, &Decide),
    diagnostics: &mut Diagnostics,
) {
    // a mistake that was reported
    if decide.words.is_empty() || statement.tainted {
        return;
    }
    match (decide.word("reject"), statement.rejects.map(|edge| &graph.edges[edge].name)) {
        (Some(reject), None) => needs_else(reject, "reject", diagnostics),
        (None, Some(stream)) => diagnostics.conflict(
            stream,
            format_args!(
                "nothing goes to `{stream}`: no path of the closure of `on_error` ends in `reject`\n\
                 help: end one in `reject`, or remove `else {stream}`"
            ),
            name,
            "`on_error` is given here",
        ),
        _ => {}
    }
}

/// `on_error` in a statement in which nothing can fail.
fn on_error_without_failure(statement: &Statement, diagnostics: &mut Diagnostics) {
    let Some(name) = statement.attrs.written("on_error").filter(|_| statement.rejects.is_none()) else { return };
    // what `forward` hands its items to may refuse them
    let fallible = |op: &Op| op.spec.kind == OpKind::Forward || statement.may_fail(op);
    let silent = statement.tainted || statement.attrs.on_error == OnError::Reject || is_process(statement);
    if !silent && !has_question(statement) && !statement.all_ops().any(fallible) {
        diagnostics.error(
            name,
            "nothing can fail here\n\
             help: use `?` in an operator or behind the input, or remove `on_error`",
        );
    }
}

/// What does not wait is not interrupted, and so always finished.
fn on_cancel_of_sync(statement: &Statement, diagnostics: &mut Diagnostics) {
    let Some(on_cancel) = statement.attrs.written("on_cancel").filter(|_| !statement.tainted) else { return };
    if statement.all_ops().any(is_async) || is_process(statement) || in_flight_asks_for_async(statement) {
        return;
    }
    let message = match (statement.attrs.written("blocking"), statement.all_ops().find_map(async_of)) {
        (Some(_), _) => {
            "a body that blocks always runs to its end: no cancel interrupts it\nhelp: remove `on_cancel`".to_owned()
        }
        (None, Some(call)) => format!(
            "`on_cancel` needs an `async` operator: a body that does not wait is never interrupted\n\
             help: `{call}`, or remove `on_cancel`"
        ),
        (None, None) => "`on_cancel` needs an `async` operator: a body that does not wait is never interrupted\n\
             help: remove it"
            .to_owned(),
    };
    diagnostics.error(on_cancel, message);
}

/// One is for bodies that wait, the other for bodies that block; `true` if both are given.
fn in_flight_with_blocking(statement: &Statement, diagnostics: &mut Diagnostics) -> bool {
    let (Some(in_flight), Some(blocking)) = (statement.attrs.written("in_flight"), statement.attrs.written("blocking"))
    else {
        return false;
    };
    diagnostics.conflict(
        in_flight,
        "`in_flight` is for `async` bodies and cannot stand with `blocking`\n\
         help: for bodies that block use `workers(n)`",
        blocking,
        "`blocking` is given here",
    );
    true
}

/// A body that blocks has a thread, not an executor.
fn blocking_async(statement: &Statement, diagnostics: &mut Diagnostics) {
    let Some(blocking) = statement.attrs.written("blocking") else { return };
    if let Some(op) = statement.all_ops().find(|op| is_async(op)) {
        let help = match statement.all_ops().filter(|op| op.function().is_some()).count() {
            1 => "remove `async` from its closure, or remove `blocking`".to_owned(),
            _ => format!("give `{}` a stage of its own", op.name),
        };
        diagnostics.conflict(
            &op.name,
            format_args!("an `async` operator cannot run under `blocking`\nhelp: {help}"),
            blocking,
            "`blocking` is given here",
        );
    }
}

/// That nothing waits in it is said of its `in_flight`.
pub(super) fn in_flight_asks_for_async(statement: &Statement) -> bool {
    let written = |name: &str| statement.attrs.written(name).is_some();
    let waits = |op: &Op| is_async(op) || op.spec.kind == OpKind::FlatMap;
    written("in_flight") && !written("blocking") && !is_process(statement) && !statement.all_ops().any(waits)
}

/// `in_flight` counts the items inside one `async` body, or the streams that one `flat_map` gives.
fn in_flight_async(statement: &Statement, diagnostics: &mut Diagnostics) {
    let Some(in_flight) = statement.attrs.written("in_flight").filter(|_| !is_process(statement)) else { return };
    let mut asyncs = statement.all_ops().filter(|op| is_async(op));
    match (asyncs.next(), asyncs.next()) {
        (None, _) if statement.tainted => {}
        (None, _) => in_flight_streams(statement, in_flight, diagnostics),
        (Some(first), Some(second)) => diagnostics.conflict(
            &second.name,
            format_args!(
                "a statement with `in_flight` has one `async` operator, `{}` is the second\n\
                 help: give it a stage of its own",
                second.name
            ),
            &first.name,
            "the first one is here",
        ),
        (Some(op), None) if op.spec.stateful || op.spec.kind == OpKind::MapInit => one_after_another(op, diagnostics),
        _ => {}
    }
}

/// Without an `async` operator it must be clear which streams are in flight.
fn in_flight_streams(statement: &Statement, in_flight: &Ident, diagnostics: &mut Diagnostics) {
    let mut flat_maps = statement.all_ops().filter(|op| op.spec.kind == OpKind::FlatMap);
    match (flat_maps.next(), flat_maps.next()) {
        (None, _) => {
            let waits = match statement.all_ops().find_map(async_of) {
                Some(call) => format!("`{call}`"),
                None => "`map(async |x| …)` for bodies that wait".to_owned(),
            };
            let message = format!(
                "`in_flight` needs an `async` operator, or a `flat_map` of streams\n\
                 help: {waits}, or use `workers(n)` for work on the CPU"
            );
            diagnostics.error(in_flight, message);
        }
        (Some(first), Some(second)) => diagnostics.conflict(
            &second.name,
            "a statement with `in_flight` and no `async` operator has one `flat_map`, whose streams are in flight\n\
             help: give it a stage of its own",
            &first.name,
            "the first one is here",
        ),
        (Some(_), None) => {}
    }
}

/// An `async` body with a state takes its items one after another, however many are in flight.
fn one_after_another(op: &Op, diagnostics: &mut Diagnostics) {
    let name = &op.name;
    let message = format!(
        "`{name}` takes its items one after another and cannot be the `async` operator under `in_flight`\n\
         help: do the waiting in a `map(async |x| …)` before it"
    );
    diagnostics.error(name, message);
}

/// A call of the operator whose closure is `async`, if it may be.
pub(super) fn async_of(op: &Op) -> Option<String> {
    let func = op.function().filter(|_| op.spec.may_be_async && !op.spec.stateful)?;
    let name = &op.name;
    match &func.body {
        FuncBody::Closure { params, .. } => {
            let params: Vec<String> = params.iter().map(|param| text::tokens(&param.pat)).collect();
            Some(format!("{name}(async |{}| …)", params.join(", ")))
        }
        FuncBody::Path { path, question } => {
            let question = if question.is_some() { "?" } else { "" };
            Some(format!("{name}(async |x| {}(x).await{question})", text::tokens(path)))
        }
    }
}
