//! Rules about what a statement is made of.

use super::{has_question, is_fallible, is_process};
use crate::{
    diagnostics::Diagnostics,
    graph::{Arg, Graph, OnError, Op, Setting, Statement, StatementKind},
    ops::OpKind,
};

pub(super) fn check(graph: &Graph, diagnostics: &mut Diagnostics) {
    for statement in graph.statements.iter().filter(|statement| statement.kind != StatementKind::Source) {
        two_batches(statement, diagnostics);
        zero_arguments(statement, diagnostics);
        lost_accumulator(statement, diagnostics);
        if statement.via().is_some() {
            continue;
        }
        if is_process(statement) {
            process_policies(statement, diagnostics);
            process_failures(graph, statement, diagnostics);
        } else {
            else_without_failure(graph, statement, diagnostics);
            else_with_several(graph, statement, diagnostics);
        }
    }
}

/// `else` in a statement in which nothing can fail.
fn else_without_failure(graph: &Graph, statement: &Statement, diagnostics: &mut Diagnostics) {
    let Some(rejects) = statement.rejects else { return };
    // that nobody reads it was reported
    let is_read = graph.edges[rejects].from != graph.edges[rejects].to;
    if is_read && !statement.tainted && !has_question(statement) && !statement.all_ops().any(is_fallible) {
        let name = &graph.edges[rejects].name;
        let message = format!(
            "nothing can fail here, so `{name}` would stay empty\n\
             help: use `?` in an operator or behind the input, or remove `else {name}`"
        );
        diagnostics.error(name, message);
    }
}

/// `else` has one type of item, which is the input of the operator that failed.
fn else_with_several(graph: &Graph, statement: &Statement, diagnostics: &mut Diagnostics) {
    let Some(rejects) = statement.rejects else { return };
    let mut fallible = statement.all_ops().filter(|op| is_fallible(op));
    if let (Some(first), Some(second)) = (fallible.next(), fallible.next()) {
        let name = &graph.edges[rejects].name;
        diagnostics.conflict(
            &second.name,
            format_args!(
                "a statement with `else` has one operator that can fail, `{}` is the second\n\
                 help: give it a stage of its own",
                second.name
            ),
            &first.name,
            format_args!("the items of `{name}` are those that fail in `{}`", first.name),
        );
    }
}

/// `process` runs as one task and sees no single items.
fn process_policies(statement: &Statement, diagnostics: &mut Diagnostics) {
    for policy in ["workers", "in_flight", "keyed"] {
        if let Some(written) = statement.attrs.written(policy) {
            let message = format!(
                "`{policy}` cannot stand on `process`, which runs as one task\n\
                 help: let it `spawn` or buffer by itself, or use operators"
            );
            diagnostics.error(written, message);
        }
    }
}

/// `process` has no items of its own that could be rejected or skipped.
fn process_failures(graph: &Graph, statement: &Statement, diagnostics: &mut Diagnostics) {
    let why = "`process` sees no single items, so none can be skipped or rejected";
    if let Some(rejects) = statement.rejects {
        diagnostics.error(&graph.edges[rejects].name, format_args!("{why}\nhelp: remove `else`"));
    } else if let Some(on_error) =
        statement.attrs.written("on_error").filter(|_| statement.attrs.on_error != OnError::Fail)
    {
        diagnostics.error(on_error, why);
    }
}

/// Two `batch`es in one statement would need two clocks in one task.
fn two_batches(statement: &Statement, diagnostics: &mut Diagnostics) {
    let mut batches = statement.ops.iter().filter(|op| op.spec.kind == OpKind::Batch);
    if let (Some(first), Some(second)) = (batches.next(), batches.next()) {
        diagnostics.conflict(
            &second.name,
            "a statement has one `batch`\nhelp: give each a stage of its own",
            &first.name,
            "the first `batch` is here",
        );
    }
}

/// `batch(0)` and `batch(n, 0s)`.
fn zero_arguments(statement: &Statement, diagnostics: &mut Diagnostics) {
    for op in statement.ops.iter().filter(|op| op.spec.kind == OpKind::Batch) {
        for arg in &op.args {
            match arg {
                Arg::Setting(Setting::Count(0, span)) => {
                    diagnostics.push(syn::Error::new(*span, "a `batch` holds 1 item or more"));
                }
                Arg::Setting(Setting::Duration(0, span)) => {
                    diagnostics.push(syn::Error::new(*span, "a `batch` waits longer than 0"));
                }
                _ => {}
            }
        }
    }
}

/// A `fold` whose closure fails has lost its accumulator, so it cannot go on with the next item.
fn lost_accumulator(statement: &Statement, diagnostics: &mut Diagnostics) {
    if statement.attrs.on_error == OnError::Fail {
        return;
    }
    let folds = |op: &&Op| matches!(op.spec.kind, OpKind::Fold | OpKind::Reduce) && is_fallible(op);
    if let Some(op) = statement.all_ops().find(folds) {
        let name = &op.name;
        let message = format!(
            "`{name}` cannot go on after a failure: its value is lost\n\
             help: do what can fail in a `map` before it"
        );
        diagnostics.error(name, message);
    }
}
