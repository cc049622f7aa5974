//! Rules about what stands around a body: `timeout` and `retry`.

use syn::Error;

use super::{
    entrance, is_async, is_process,
    policy::{async_of, in_flight_asks_for_async},
};
use crate::{
    diagnostics::Diagnostics,
    graph::{Backoff, Graph, Op, Retry, RetryBudget, Setting, Statement, StatementKind, Timeout},
    ops::OpKind,
    text,
};

pub(super) fn check(graph: &Graph, diagnostics: &mut Diagnostics) {
    if let Some(budget) = &graph.options.retry_budget {
        zero_window(budget, diagnostics);
        budget_without_retry(graph, budget, diagnostics);
    }
    for statement in &graph.statements {
        if let Some(timeout) = &statement.attrs.timeout {
            zero_timeout(timeout, diagnostics);
            total_below_one(timeout, diagnostics);
            total_of_one_attempt(statement, timeout, diagnostics);
        }
        if let Some(retry) = &statement.attrs.retry {
            attempts(retry, diagnostics);
            zero_delay(retry, diagnostics);
            falling_backoff(retry, diagnostics);
        }
        if statement.kind != StatementKind::Source && statement.via().is_none() && !is_process(statement) {
            timeout_of_sync(statement, diagnostics);
            retry_without_failure(statement, diagnostics);
            several(statement, diagnostics);
            retry_of_state(statement, diagnostics);
            entrance::check(statement, diagnostics);
        }
    }
}

/// `#![retry_budget(per = 0s)]`
fn zero_window(budget: &RetryBudget, diagnostics: &mut Diagnostics) {
    if let Some(Setting::Duration(0, span)) = budget.per {
        diagnostics.push(Error::new(span, "`per` cannot be 0: nothing would be counted in it"));
    }
}

/// A budget of which nothing is spent. A fragment's stages may do so.
fn budget_without_retry(graph: &Graph, budget: &RetryBudget, diagnostics: &mut Diagnostics) {
    let may_spend = |statement: &Statement| {
        statement.attrs.written("retry").is_some() || statement.via().is_some() || statement.tainted
    };
    if !graph.statements.iter().any(may_spend) {
        let message = "no stage has `retry`, so there is nothing to spend\n\
            help: `#[retry(attempts = 4)]` above a stage, or remove `retry_budget`";
        diagnostics.error(&budget.name, message);
    }
}

/// `timeout(0s)`
fn zero_timeout(timeout: &Timeout, diagnostics: &mut Diagnostics) {
    let total = timeout.total.as_ref().map(|(_, setting)| ("total", setting));
    for (name, setting) in std::iter::once(("timeout", &timeout.each)).chain(total) {
        if let Setting::Duration(0, span) = setting {
            diagnostics.push(Error::new(*span, format_args!("`{name}` cannot be 0: nothing would end in time")));
        }
    }
}

/// `timeout(2s, total = 1s)`
fn total_below_one(timeout: &Timeout, diagnostics: &mut Diagnostics) {
    if let (Setting::Duration(each, _), Some((_, Setting::Duration(total, span)))) = (&timeout.each, &timeout.total)
        && total < each
        && *total > 0
    {
        let message = format!(
            "`total` is for all attempts, and less than one of them may take\n\
             help: more than `{}`",
            text::setting(&timeout.each)
        );
        diagnostics.push(Error::new(*span, message));
    }
}

/// `total` without `retry`
fn total_of_one_attempt(statement: &Statement, timeout: &Timeout, diagnostics: &mut Diagnostics) {
    if let Some((total, _)) = timeout.total.as_ref().filter(|_| statement.attrs.written("retry").is_none()) {
        let message = format!(
            "`total` is for all attempts, and without `retry` there is one\n\
             help: `#[timeout({})]`, or add `retry(attempts = 4)`",
            text::setting(&timeout.each)
        );
        diagnostics.error(total, message);
    }
}

/// `attempts = 0` and `attempts = 1`
fn attempts(retry: &Retry, diagnostics: &mut Diagnostics) {
    let message = match retry.attempts.constant() {
        Some(0) => "`attempts` cannot be 0\nhelp: the first one counts: 2 or more",
        Some(1) => "nothing is tried again with `attempts = 1`\nhelp: the first one counts: 2 or more",
        _ => return,
    };
    diagnostics.push(Error::new(retry.attempts.span(), message));
}

/// `backoff = 0s..1s`, `max_elapsed = 0s`
fn zero_delay(retry: &Retry, diagnostics: &mut Diagnostics) {
    if let Some(Backoff { first: Setting::Duration(0, span), .. }) = &retry.backoff {
        let message = "`backoff` cannot begin with 0: what fails would be tried again at once, and ever again\n\
            help: such as `50ms..2s`";
        diagnostics.push(Error::new(*span, message));
    }
    if let Some(Setting::Duration(0, span)) = retry.max_elapsed {
        diagnostics.push(Error::new(span, "`max_elapsed` cannot be 0: nothing would be tried again"));
    }
}

/// `backoff = 2s..50ms`
fn falling_backoff(retry: &Retry, diagnostics: &mut Diagnostics) {
    if let Some(Backoff { first: Setting::Duration(first, _), longest: Setting::Duration(longest, _), range }) =
        &retry.backoff
        && longest < first
    {
        let message = format!(
            "`backoff` goes from the first delay to the longest, and this one is shorter\n\
             help: `{}..{}`",
            text::duration(*longest),
            text::duration(*first)
        );
        diagnostics.error(range, message);
    }
}

/// What does not wait cannot be interrupted.
fn timeout_of_sync(statement: &Statement, diagnostics: &mut Diagnostics) {
    let Some(timeout) = statement.attrs.written("timeout").filter(|_| !statement.tainted) else { return };
    if statement.all_ops().any(is_async) || in_flight_asks_for_async(statement) {
        return;
    }
    if statement.attrs.written("blocking").is_some() {
        let message = "`timeout` cannot interrupt a body that blocks\n\
            help: give what it calls a time limit of its own";
        diagnostics.error(timeout, message);
        return;
    }
    let waits = match statement.all_ops().find_map(async_of) {
        Some(call) => format!("`{call}`"),
        None => "`map(async |x| …)` for what waits".to_owned(),
    };
    let message = format!(
        "`timeout` needs an `async` operator: a body that does not wait cannot be interrupted\n\
         help: {waits}, or remove `timeout`"
    );
    diagnostics.error(timeout, message);
}

/// `retry` where no operator can fail.
fn retry_without_failure(statement: &Statement, diagnostics: &mut Diagnostics) {
    let Some(retry) = statement.attrs.written("retry").filter(|_| !statement.tainted) else { return };
    if !statement.all_ops().any(|op| statement.may_fail(op)) && statement.attrs.written("timeout").is_none() {
        let message = "no operator here can fail, so nothing is tried again\n\
            help: use `?` in an operator, or remove `retry`";
        diagnostics.error(retry, message);
    }
}

/// Policies stand around one body.
fn several(statement: &Statement, diagnostics: &mut Diagnostics) {
    let policies = &statement.attrs;
    let guard = policies.written("timeout").or_else(|| policies.written("retry"));
    let may_fail = |op: &&Op| statement.may_fail(op);
    let waits_or_fails = |op: &&Op| op.is_async() || statement.may_fail(op);
    let mut failing = statement.all_ops().filter(may_fail);
    let mut bodies = statement.all_ops().filter(waits_or_fails);
    let (policy, what, (first, second)) = match (
        guard.zip(failing.next().zip(failing.next())),
        statement.entrance().zip(bodies.next().zip(bodies.next())),
    ) {
        (Some((policy, pair)), _) => (policy, "can fail", pair),
        (None, Some((policy, pair))) => (policy, "waits or can fail", pair),
        (None, None) => return,
    };
    // there are rules for those
    let is_said = statement.rejects.is_some() && statement.may_fail(first) && statement.may_fail(second)
        || policies.written("in_flight").is_some() && first.is_async() && second.is_async();
    if !is_said {
        let message = format!(
            "a statement with `{policy}` has one operator that {what}, `{}` is the second\n\
             help: give it a stage of its own",
            second.name
        );
        let place = format!("the first one is here: `{}`", first.name);
        diagnostics.conflict(&second.name, message, &first.name, place);
    }
}

/// An attempt that failed may have changed what the next one would begin with.
fn retry_of_state(statement: &Statement, diagnostics: &mut Diagnostics) {
    let Some(retry) = statement.attrs.written("retry") else { return };
    let Some(op) = statement.guarded_op().and_then(|at| statement.all_ops().nth(at)) else { return };
    if matches!(op.spec.kind, OpKind::Scan | OpKind::Fold | OpKind::Reduce | OpKind::Window) {
        let name = &op.name;
        let message = format!(
            "`{name}` keeps state, which an attempt that failed may have changed\n\
             help: do what can fail in a `map` before it, with `retry` there"
        );
        diagnostics.conflict(name, message, retry, "`retry` is given here");
    }
}
