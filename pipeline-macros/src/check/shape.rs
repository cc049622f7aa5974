//! Rules about what a statement is made of.

use super::{any_may_fail, has_question, is_process};
use crate::{
    diagnostics::Diagnostics,
    graph::{Arg, Graph, OnError, Op, Setting, Statement, StatementKind},
    ops::{OpKind, Role},
};

pub(super) fn check(graph: &Graph, diagnostics: &mut Diagnostics) {
    for statement in graph.statements.iter().filter(|statement| statement.kind != StatementKind::Source) {
        two_groupings(statement, diagnostics);
        zero_arguments(statement, diagnostics);
        window_options(statement, diagnostics);
        zero_frontier(statement, diagnostics);
        place_of_recurse(statement, diagnostics);
        lost_accumulator(statement, diagnostics);
        if statement.via().is_some() {
            continue;
        }
        if is_process(statement) {
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
    if is_read && !statement.tainted && !has_question(statement) && !any_may_fail(statement) {
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
    let mut fallible = statement.all_ops().filter(|op| statement.may_fail(op));
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

/// Two operators that hold items back would need two clocks in one task.
fn two_groupings(statement: &Statement, diagnostics: &mut Diagnostics) {
    let mut groupings = statement.ops.iter().filter(|op| op.spec.role == Role::Grouping);
    if let (Some(first), Some(second)) = (groupings.next(), groupings.next()) {
        diagnostics.conflict(
            &second.name,
            "a statement has one `batch` or `window`\nhelp: give each a stage of its own",
            &first.name,
            format_args!("the first one is here: `{}`", first.name),
        );
    }
}

/// A `window` is by time or by count, and `last` is of the same kind and no smaller.
fn window_options(statement: &Statement, diagnostics: &mut Diagnostics) {
    for op in statement.ops.iter().filter(|op| op.spec.kind == OpKind::Window) {
        let setting = |name: &str| match op.option(name) {
            Some(Arg::Setting(setting)) => Some(setting),
            _ => None,
        };
        match (setting("every"), setting("count")) {
            (None, None) => diagnostics.error(
                &op.name,
                format_args!(
                    "`window` needs a size\n\
                     help: `every = 1s` for a window of time, `count = 100` for one of a number of items: `{}`",
                    op.spec.summary
                ),
            ),
            (Some(every), Some(count)) => {
                let message = "`window` is by time or by count, not both\nhelp: remove `every` or `count`";
                let mut error = syn::Error::new(count.span(), message);
                error.combine(syn::Error::new(every.span(), "`every` is given here"));
                diagnostics.push(error);
            }
            (Some(every), None) => window_last("every", every, setting("last"), diagnostics),
            (None, Some(count)) => window_last("count", count, setting("last"), diagnostics),
        }
    }
}

fn window_last(unit: &str, every: &Setting, last: Option<&Setting>, diagnostics: &mut Diagnostics) {
    let too_small = |every: u64, last: u64| {
        (last != 0 && last < every).then(|| {
            format!(
                "`last` cannot be less than `{unit}`: what lies between two windows would be in none\n\
                 help: remove what is not wanted in a `filter` before it"
            )
        })
    };
    let (Some(last), by_time) = (last, unit == "every") else { return };
    let message = match (every, last) {
        (_, Setting::Count(n, _)) if by_time => Some(format!(
            "`last` takes a duration beside `every`, found a number\nhelp: give it a unit, such as `{n}ms` or `{n}s`"
        )),
        (_, Setting::Duration(..)) if !by_time => {
            Some("`last` takes a count beside `count`, found a duration".to_owned())
        }
        (Setting::Count(every, _), Setting::Count(last, _))
        | (Setting::Duration(every, _), Setting::Duration(last, _)) => too_small(*every, *last),
        _ => None,
    };
    if let Some(message) = message {
        diagnostics.push(syn::Error::new(last.span(), message));
    }
}

/// `batch(0)`, `batch(n, 0s)`, `window(…, every = 0s)`.
fn zero_arguments(statement: &Statement, diagnostics: &mut Diagnostics) {
    for op in statement.ops.iter().filter(|op| op.spec.role == Role::Grouping) {
        let (name, lasts) = (op.spec.name, if op.spec.kind == OpKind::Batch { "waits" } else { "lasts" });
        for arg in op.all_args() {
            match arg {
                Arg::Setting(setting) if setting.constant() == Some(0) => {
                    diagnostics.push(syn::Error::new(setting.span(), format_args!("a `{name}` holds 1 item or more")));
                }
                Arg::Setting(Setting::Duration(0, span)) => {
                    diagnostics.push(syn::Error::new(*span, format_args!("a `{name}` {lasts} longer than 0")));
                }
                _ => {}
            }
        }
    }
}

/// `frontier = 0`: nothing that was found could wait.
fn zero_frontier(statement: &Statement, diagnostics: &mut Diagnostics) {
    for op in statement.ops.iter().filter(|op| op.spec.kind == OpKind::Recurse) {
        if let Some(Arg::Setting(Setting::Count(0, span))) = op.option("frontier") {
            diagnostics.push(syn::Error::new(*span, "`frontier` cannot be 0\nhelp: 1 or more"));
        }
    }
}

/// What `recurse` finds comes in where the statement's input does.
fn place_of_recurse(statement: &Statement, diagnostics: &mut Diagnostics) {
    let mut first: Option<&Op> = None;
    for (at, op) in statement.ops.iter().enumerate().filter(|(_, op)| op.spec.kind == OpKind::Recurse) {
        if let Some(first) = first {
            diagnostics.conflict(
                &op.name,
                "a statement has one `recurse`\nhelp: give each a stage of its own",
                &first.name,
                "the first `recurse` is here",
            );
            continue;
        }
        if at > 0 {
            let before = &statement.ops[0].name;
            diagnostics.error(
                &op.name,
                format_args!(
                    "`recurse` must be the first operator of its statement: what it finds does not go through \
                     `{before}`\n\
                     help: give it a stage of its own"
                ),
            );
        } else if has_question(statement) {
            diagnostics.error(
                &op.name,
                "`recurse` needs an input without `?`: what it finds has not failed\n\
                 help: give `?` a stage of its own",
            );
        }
        first = Some(op);
    }
}

/// A `fold` whose closure fails has lost its accumulator, so it cannot go on with the next item.
fn lost_accumulator(statement: &Statement, diagnostics: &mut Diagnostics) {
    if statement.attrs.on_error == OnError::Fail {
        return;
    }
    let folds = |op: &&Op| matches!(op.spec.kind, OpKind::Fold | OpKind::Reduce) && statement.may_fail(op);
    if let Some(op) = statement.all_ops().find(folds) {
        let name = &op.name;
        let message = format!(
            "`{name}` cannot go on after a failure: its value is lost\n\
             help: do what can fail in a `map` before it"
        );
        diagnostics.error(name, message);
    }
}
