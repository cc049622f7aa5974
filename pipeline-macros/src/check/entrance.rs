//! Rules about what an item waits for before its body: `rate`, `limit` and `breaker`.

use syn::{Error, Expr, Ident};

use super::policy::needs_else;
use crate::{
    diagnostics::Diagnostics,
    graph::{Breaker, BreakerOf, BreakerSettings, Op, Open, Rate, RateOf, Setting, Statement},
    text,
};

pub(super) fn check(statement: &Statement, diagnostics: &mut Diagnostics) {
    if let Some(rate) = &statement.attrs.rate {
        zero_rate(rate, diagnostics);
    }
    if let (Some(breaker), Some(name)) = (&statement.attrs.breaker, statement.attrs.written("breaker")) {
        if let BreakerOf::Own(own) = &breaker.of {
            zero_of_breaker(own, diagnostics);
            two_windows(own, diagnostics);
            window_without_rate(own, diagnostics);
            minimum_above_window(own, diagnostics);
            slow_rate_alone(own, diagnostics);
            falling_open_for(own, diagnostics);
            trip_on_without_classify(breaker, own, diagnostics);
            breaker_without_failure(statement, breaker, own, name, diagnostics);
        }
        reject_without_else(statement, breaker, name, diagnostics);
    }
    no_body(statement, diagnostics);
}

/// `rate(0, per = 1s)`, `rate(5, per = 0s)`, `rate(5, per = 1s, burst = 0)`
fn zero_rate(rate: &Rate, diagnostics: &mut Diagnostics) {
    let RateOf::Own { n, per, burst } = &rate.of else { return };
    for (name, count) in [("rate", Some(n)), ("burst", burst.as_ref())] {
        if let Some(count) = count.filter(|count| count.constant() == Some(0)) {
            let message = format!("`{name}` cannot be 0: no item would go\nhelp: 1 or more");
            diagnostics.push(Error::new(count.span(), message));
        }
    }
    if let Setting::Duration(0, span) = per {
        let message = "`per` cannot be 0: items would go as they come\nhelp: such as `1s`";
        diagnostics.push(Error::new(*span, message));
    }
}

/// `minimum_calls = 0`, `open_for = 0s` and their like.
fn zero_of_breaker(own: &BreakerSettings, diagnostics: &mut Diagnostics) {
    let counts = [
        ("count_window", &own.count_window),
        ("minimum_calls", &own.minimum_calls),
        ("consecutive_failures", &own.consecutive_failures),
        ("half_open_calls", &own.half_open_calls),
    ];
    for (name, count) in counts {
        if let Some(count) = count.as_ref().filter(|count| count.constant() == Some(0)) {
            diagnostics.push(Error::new(count.span(), format_args!("`{name}` cannot be 0\nhelp: 1 or more")));
        }
    }
    let times = [("time_window", &own.time_window), ("slow_calls", &own.slow_calls), ("open_for", &own.open_for)];
    for (name, time) in times {
        if let Some(Setting::Duration(0, span)) = time {
            diagnostics.push(Error::new(*span, format_args!("`{name}` cannot be 0\nhelp: such as `5s`")));
        }
    }
}

/// `count_window = 100, time_window = 30s`
fn two_windows(own: &BreakerSettings, diagnostics: &mut Diagnostics) {
    if let (Some(_), Some(time)) = (&own.count_window, &own.time_window) {
        let message = "a breaker has one window: of a number of calls, or of time\n\
            help: `count_window` or `time_window`";
        diagnostics.push(Error::new(time.span(), message));
    }
}

/// A window in which nothing is counted.
fn window_without_rate(own: &BreakerSettings, diagnostics: &mut Diagnostics) {
    let has_rate = own.failure_rate.is_some() || own.slow_calls.is_some() || own.slow_rate.is_some();
    let opens_otherwise = own.consecutive_failures.is_some() || own.trip_on.is_some();
    let given =
        [("count_window", &own.count_window), ("time_window", &own.time_window), ("minimum_calls", &own.minimum_calls)];
    let given = given.into_iter().find_map(|(name, setting)| Some((name, setting.as_ref()?)));
    if let Some((name, setting)) = given.filter(|_| opens_otherwise && !has_rate) {
        let message = format!(
            "`{name}` is for rates, and this breaker has none\n\
             help: add `failure_rate = 0.5`, or remove `{name}`"
        );
        diagnostics.push(Error::new(setting.span(), message));
    }
}

/// `count_window = 10, minimum_calls = 20`
fn minimum_above_window(own: &BreakerSettings, diagnostics: &mut Diagnostics) {
    let constant = |setting: &Option<Setting>| setting.as_ref().and_then(Setting::constant);
    if let (Some(window), Some(minimum), Some(setting)) =
        (constant(&own.count_window), constant(&own.minimum_calls), &own.minimum_calls)
        && minimum > window
        && window > 0
    {
        let message = format!(
            "the window holds {window} calls, and `minimum_calls` more: no rate would count\n\
             help: `minimum_calls = {window}` or less, or a larger `count_window`"
        );
        diagnostics.push(Error::new(setting.span(), message));
    }
}

/// `slow_rate = 0.5` alone
fn slow_rate_alone(own: &BreakerSettings, diagnostics: &mut Diagnostics) {
    if let (Some(rate), None) = (&own.slow_rate, &own.slow_calls) {
        let message = format!(
            "`slow_rate` needs to know from when on a call is slow\n\
             help: `slow_calls = 2s, slow_rate = {}`",
            text::tokens(rate)
        );
        diagnostics.error(rate, message);
    }
}

/// `open_for = 1m..5s`
fn falling_open_for(own: &BreakerSettings, diagnostics: &mut Diagnostics) {
    if let (Some(Setting::Duration(first, _)), Some((Setting::Duration(longest, _), range))) =
        (&own.open_for, &own.open_at_most)
        && longest < first
    {
        let message = format!(
            "`open_for` goes from the first time to the longest, and this one is shorter\n\
             help: `{}..{}`",
            text::duration(*longest),
            text::duration(*first)
        );
        diagnostics.error(range, message);
    }
}

/// Nobody says of what class a result is.
fn trip_on_without_classify(breaker: &Breaker, own: &BreakerSettings, diagnostics: &mut Diagnostics) {
    if let (Some(sequence), None) = (&own.trip_on, &breaker.classify) {
        let class = match sequence {
            Expr::Array(array) => array.elems.first().map(text::tokens),
            _ => None,
        };
        let class = class.unwrap_or_else(|| "Denied".to_owned());
        let message = format!(
            "`trip_on` is a sequence of classes, and nothing says of which class a result is\n\
             help: add `classify = |result| match result {{ Err(_) => {class}, … }}`"
        );
        diagnostics.error(sequence, message);
    }
}

/// A breaker that would never open.
fn breaker_without_failure(
    statement: &Statement,
    breaker: &Breaker,
    own: &BreakerSettings,
    name: &Ident,
    diagnostics: &mut Diagnostics,
) {
    let is_watched = breaker.classify.is_some() || own.slow_calls.is_some() || own.trip_on.is_some();
    let can_fail = |op: &Op| op.is_fallible() || statement.is_timed() && op.is_async();
    let has_body = statement.all_ops().any(|op| op.function().is_some());
    if !is_watched && has_body && !statement.tainted && !statement.all_ops().any(can_fail) {
        let message = "no operator here can fail, so the breaker would never open\n\
            help: use `?` in an operator, or say what is a failure: `classify = |result| …`";
        diagnostics.error(name, message);
    }
}

/// `open = reject` without a stream for it.
fn reject_without_else(statement: &Statement, breaker: &Breaker, name: &Ident, diagnostics: &mut Diagnostics) {
    if breaker.open == Open::Reject && statement.rejects.is_none() && !statement.tainted {
        needs_else(name, "open = reject", diagnostics);
    }
}

/// What is waited for stands before a body.
fn no_body(statement: &Statement, diagnostics: &mut Diagnostics) {
    let Some(policy) = statement.entrance().filter(|_| !statement.tainted) else { return };
    if statement.all_ops().all(|op| op.function().is_none()) {
        let message = format!(
            "`{policy}` stands around the body of an operator, and no operator here has a closure\n\
             help: put it on the statement that calls what it is for"
        );
        diagnostics.error(policy, message);
    }
}
