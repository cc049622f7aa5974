//! `breaker(failure_rate = r, …)` or `breaker(&payments)`

use syn::{Attribute, Expr, ExprRange, Ident, Lit, RangeLimits};

use super::{
    example,
    named::{self, Given, Options},
};
use crate::{
    diagnostics::Diagnostics,
    graph::{Breaker, BreakerOf, BreakerSettings, Func, Open, Setting},
    resolve::{
        attribute::{self, is_name},
        func::{self, Expected, FormOf},
        setting::{self, Number, Unit, ungroup},
    },
    text,
};

const KNOWN: [&str; 13] = [
    "failure_rate",
    "count_window",
    "time_window",
    "minimum_calls",
    "consecutive_failures",
    "slow_calls",
    "slow_rate",
    "classify",
    "trip_on",
    "open_for",
    "open_factor",
    "half_open_calls",
    "open",
];

/// What is said of the stage, and not of the breaker.
const OF_STAGE: [&str; 2] = ["classify", "open"];

/// Other words for the options of `breaker`.
const MEANT: [(&str, &str); 37] = [
    ("rate", "failure_rate"),
    ("error_rate", "failure_rate"),
    ("failures", "failure_rate"),
    ("threshold", "failure_rate"),
    ("failure_threshold", "failure_rate"),
    ("failure_ratio", "failure_rate"),
    ("window", "count_window"),
    ("window", "time_window"),
    ("window_size", "count_window"),
    ("window_size", "time_window"),
    ("sliding_window", "count_window"),
    ("sliding_window", "time_window"),
    ("window_time", "time_window"),
    ("min_calls", "minimum_calls"),
    ("min", "minimum_calls"),
    ("minimum", "minimum_calls"),
    ("minimum_throughput", "minimum_calls"),
    ("consecutive", "consecutive_failures"),
    ("max_failures", "consecutive_failures"),
    ("in_a_row", "consecutive_failures"),
    ("slow", "slow_calls"),
    ("slow_after", "slow_calls"),
    ("slow_call_duration", "slow_calls"),
    ("slow_call_rate", "slow_rate"),
    ("classes", "classify"),
    ("when", "classify"),
    ("sequence", "trip_on"),
    ("pattern", "trip_on"),
    ("break_duration", "open_for"),
    ("reset_timeout", "open_for"),
    ("wait", "open_for"),
    ("cooldown", "open_for"),
    ("open_at_most", "open_for"),
    ("factor", "open_factor"),
    ("probes", "half_open_calls"),
    ("trials", "half_open_calls"),
    ("on_open", "open"),
];

/// Other words for what an open breaker does with an item.
const OPEN: [(&str, Open); 14] = [
    ("wait", Open::Pause),
    ("hold", Open::Pause),
    ("block", Open::Pause),
    ("stop", Open::Pause),
    ("queue", Open::Pause),
    ("backpressure", Open::Pause),
    ("error", Open::Fail),
    ("err", Open::Fail),
    ("fail_fast", Open::Fail),
    ("refuse", Open::Fail),
    ("rejects", Open::Reject),
    ("else", Open::Reject),
    ("dead_letter", Open::Reject),
    ("dlq", Open::Reject),
];

/// `open_factor = f`
const FACTOR: Number = Number {
    of: "open_factor",
    least: 1,
    such_as: "`2.0`, with which it is open twice as long each time that the trial fails",
};

pub(super) fn breaker(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> Option<Breaker> {
    let args = named::arguments(attr, name, example("breaker"), diagnostics)?;
    let given = Options { of: name, known: &KNOWN, meant: &MEANT }.read(&args, diagnostics);
    let classify = given.value("classify").and_then(|value| classify(value, diagnostics));
    let open = given.value("open").and_then(|word| open(word, diagnostics)).unwrap_or_default();
    let (shared, others): (Vec<&Expr>, Vec<&Expr>) =
        given.others.iter().partition(|other| matches!(ungroup(other), Expr::Reference(_)));
    for other in others {
        nameless(attr, name, other, diagnostics);
    }
    let of = match shared.as_slice() {
        [] => BreakerOf::Own(Box::new(own(&given, diagnostics))),
        [breaker, surplus @ ..] => {
            if let Some(second) = surplus.first() {
                let help = attribute::text(attr, name, &text::tokens(*breaker));
                diagnostics.error(second, format_args!("a stage has one breaker\nhelp: {help}"));
            }
            shared_alone(attr, name, breaker, &given, diagnostics);
            if !setting::no_escape(breaker, "setting", diagnostics) {
                return None;
            }
            BreakerOf::Shared(Box::new((*breaker).clone()))
        }
    };
    Some(Breaker { of, classify, open })
}

/// Beside a shared breaker stands what is said of the stage.
fn shared_alone(attr: &Attribute, name: &Ident, breaker: &Expr, given: &Given<'_>, diagnostics: &mut Diagnostics) {
    for option in KNOWN.into_iter().filter(|option| !OF_STAGE.contains(option)) {
        if let Some(assign) = given.option(option) {
            let help = attribute::text(attr, name, &text::tokens(breaker));
            let message = format!(
                "`{option}` is set where the breaker is made\n\
                 help: {help}; beside it stand `open` and `classify`"
            );
            diagnostics.error(&assign.left, message);
        }
    }
}

/// The settings of the stage's own breaker.
fn own(given: &Given<'_>, diagnostics: &mut Diagnostics) -> BreakerSettings {
    let open_for = given.value("open_for").and_then(|value| open_for(value, diagnostics));
    let (open_for, open_at_most) = match open_for {
        Some((first, longest)) => (Some(first), longest),
        None => (None, None),
    };
    let factor = given.value("open_factor").filter(|value| setting::is_number(value, &FACTOR, diagnostics)).cloned();
    let trip_on = given.value("trip_on").filter(|value| sequence(value, diagnostics)).cloned();
    let mut share = |option| given.value(option).filter(|value| is_share(option, value, diagnostics)).cloned();
    let (failure_rate, slow_rate) = (share("failure_rate"), share("slow_rate"));
    let mut setting =
        |option, unit| given.value(option).and_then(|value| setting::lower(value, option, unit, diagnostics));
    BreakerSettings {
        failure_rate,
        count_window: setting("count_window", Unit::Count),
        time_window: setting("time_window", Unit::Duration),
        minimum_calls: setting("minimum_calls", Unit::Count),
        consecutive_failures: setting("consecutive_failures", Unit::Count),
        slow_calls: setting("slow_calls", Unit::Duration),
        slow_rate,
        trip_on,
        open_for,
        open_at_most,
        open_factor: factor,
        half_open_calls: setting("half_open_calls", Unit::Count),
    }
}

/// A share of calls: above 0, and 1 at most.
fn is_share(option: &'static str, value: &Expr, diagnostics: &mut Diagnostics) -> bool {
    let literal = match ungroup(value) {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(int) if !setting::is_duration(value) => int.base10_parse::<f64>().ok(),
            Lit::Float(float) if !setting::is_duration(value) => float.base10_parse::<f64>().ok(),
            _ => None,
        },
        _ => {
            return setting::is_number(
                value,
                &Number { of: option, least: 0, such_as: "`0.5`, for one in two" },
                diagnostics,
            );
        }
    };
    let is_right = literal.is_some_and(|share| share > 0.0 && share <= 1.0);
    if !is_right {
        let message =
            format!("`{option}` is a share of calls, above 0 and up to 1\nhelp: such as `0.5`, for one in two");
        diagnostics.error(value, message);
    }
    is_right
}

/// `5s` or `5s..1m`
fn open_for(value: &Expr, diagnostics: &mut Diagnostics) -> Option<(Setting, Option<(Setting, Expr)>)> {
    let Expr::Range(range) = ungroup(value) else {
        return Some((setting::lower(value, "open_for", Unit::Duration, diagnostics)?, None));
    };
    match range {
        ExprRange { start: Some(first), end: Some(longest), limits: RangeLimits::HalfOpen(_), .. } => {
            let first = setting::lower(first, "open_for", Unit::Duration, diagnostics);
            let longest = setting::lower(longest, "open_for", Unit::Duration, diagnostics);
            Some((first?, Some((longest?, value.clone()))))
        }
        ExprRange { start, end, .. } => {
            let text = |end: &Option<Box<Expr>>, other: &str| end.as_ref().map_or(other.to_owned(), text::tokens);
            let help = format!("`{}..{}`", text(start, "5s"), text(end, "1m"));
            let message = format!("`open_for` goes from the first time to the longest\nhelp: {help}");
            diagnostics.error(value, message);
            None
        }
    }
}

/// `[Denied, Denied, Granted]`, or what gives such a thing.
fn sequence(value: &Expr, diagnostics: &mut Diagnostics) -> bool {
    if let Expr::Array(array) = ungroup(value)
        && array.elems.is_empty()
    {
        let message = "`trip_on` is a sequence of at least one class\nhelp: such as `[Denied, Denied, Granted]`";
        diagnostics.error(value, message);
        return false;
    }
    setting::no_escape(value, "setting", diagnostics)
}

/// `pause`, `fail` or `reject`
fn open(value: &Expr, diagnostics: &mut Diagnostics) -> Option<Open> {
    named::word("open", value, (Open::ALL, Open::name), &OPEN, diagnostics)
}

/// What it was meant to be is told by its kind.
fn nameless(attr: &Attribute, name: &Ident, other: &Expr, diagnostics: &mut Diagnostics) {
    let given = text::tokens(other);
    let args = match ungroup(other) {
        Expr::Closure(_) => format!("classify = {given}"),
        Expr::Array(_) => format!("trip_on = {given}"),
        Expr::Range(_) => format!("open_for = {given}"),
        Expr::Path(_) if Open::ALL.iter().any(|open| is_name(other, open.name())) => format!("open = {given}"),
        Expr::Path(_) | Expr::Field(_) => format!("&{given}"),
        other if setting::is_duration(other) => format!("open_for = {given}"),
        Expr::Lit(literal) if matches!(literal.lit, Lit::Int(_)) => format!("consecutive_failures = {given}"),
        _ => format!("failure_rate = {given}"),
    };
    named::nameless(attr, name, other, &args, diagnostics);
}

/// A closure that is shown what a body has come to.
fn classify(value: &Expr, diagnostics: &mut Diagnostics) -> Option<Func> {
    let expected = Expected {
        name: "classify",
        params: 1,
        form: FormOf::Sync,
        may_fail: false,
        lends: None,
        summary: "classify = |result| …",
    };
    func::lower(value, &expected, diagnostics)
}
