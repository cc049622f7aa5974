//! `retry(attempts = n, backoff = d..d, …)`

use syn::{Attribute, Expr, ExprRange, Ident, RangeLimits};

use super::{
    example,
    named::{self, Options},
};
use crate::{
    diagnostics::Diagnostics,
    graph::{Backoff, Func, Jitter, Retry},
    resolve::{
        attribute::{self, is_name},
        func::{self, Expected, FormOf},
        setting::{self, Number, Unit, ungroup},
    },
    text,
};

const KNOWN: [&str; 7] = ["attempts", "backoff", "jitter", "factor", "max_elapsed", "when", "after"];

/// Other words for the options of `retry`.
const MEANT: [(&str, &str); 39] = [
    ("max_attempts", "attempts"),
    ("times", "attempts"),
    ("max_times", "attempts"),
    ("tries", "attempts"),
    ("max_tries", "attempts"),
    ("count", "attempts"),
    ("n", "attempts"),
    ("retries", "attempts"),
    ("max_retries", "attempts"),
    ("max", "attempts"),
    ("delay", "backoff"),
    ("delays", "backoff"),
    ("wait", "backoff"),
    ("interval", "backoff"),
    ("initial", "backoff"),
    ("min_delay", "backoff"),
    ("max_delay", "backoff"),
    ("initial_interval", "backoff"),
    ("max_interval", "backoff"),
    ("exponential", "backoff"),
    ("sleep", "backoff"),
    ("random", "jitter"),
    ("randomize", "jitter"),
    ("multiplier", "factor"),
    ("exponent", "factor"),
    ("base", "factor"),
    ("max_time", "max_elapsed"),
    ("max_duration", "max_elapsed"),
    ("total", "max_elapsed"),
    ("total_delay", "max_elapsed"),
    ("deadline", "max_elapsed"),
    ("condition", "when"),
    ("predicate", "when"),
    ("filter", "when"),
    ("retry_if", "when"),
    ("on", "when"),
    ("only", "when"),
    ("retry_after", "after"),
    ("adjust", "after"),
];

/// Other words for the two kinds of jitter.
const JITTER: [(&str, Jitter); 7] = [
    ("true", Jitter::Full),
    ("on", Jitter::Full),
    ("yes", Jitter::Full),
    ("random", Jitter::Full),
    ("false", Jitter::None),
    ("off", Jitter::None),
    ("no", Jitter::None),
];

/// `factor = f`
const FACTOR: Number =
    Number { of: "factor", least: 1, such_as: "`2.0`, with which each delay is twice the one before it" };

pub(super) fn retry(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> Option<Retry> {
    let args = named::arguments(attr, name, example("retry"), diagnostics)?;
    let before = diagnostics.count();
    let given = Options { of: name, known: &KNOWN, meant: &MEANT }.read(&args, diagnostics);
    for other in &given.others {
        nameless(attr, name, other, diagnostics);
    }
    let attempts = match given.value("attempts") {
        Some(attempts) => setting::lower(attempts, "attempts", Unit::Count, diagnostics),
        None => {
            // it may be what was reported
            if diagnostics.count() == before {
                let help = attribute::text(attr, name, &format!("attempts = 4, {}", attribute::given(attr)));
                let message = format!("`{name}` needs `attempts`, the first one included\nhelp: {help}");
                diagnostics.error(name, message);
            }
            None
        }
    };
    let backoff = given.value("backoff").and_then(|range| backoff(range, diagnostics));
    let jitter = given.value("jitter").and_then(|word| jitter(word, diagnostics)).unwrap_or_default();
    let factor = given.value("factor").filter(|value| setting::is_number(value, &FACTOR, diagnostics)).cloned();
    let max_elapsed = given.value("max_elapsed");
    let max_elapsed = max_elapsed.and_then(|limit| setting::lower(limit, "max_elapsed", Unit::Duration, diagnostics));
    let mut function =
        |option, summary| given.value(option).and_then(|value| of_error(value, option, summary, diagnostics));
    let when = function("when", "when = |e| e.is_transient()");
    let after = function("after", "after = |e| e.retry_after()");
    Some(Retry { attempts: attempts?, backoff, jitter, factor, max_elapsed, when, after })
}

/// What it was meant to be is told by its kind.
fn nameless(attr: &Attribute, name: &Ident, other: &Expr, diagnostics: &mut Diagnostics) {
    let option = match other {
        Expr::Range(_) => "backoff",
        Expr::Closure(_) => "when",
        Expr::Path(_) if Jitter::ALL.iter().any(|jitter| is_name(other, jitter.name())) => "jitter",
        other if setting::is_duration(other) => "max_elapsed",
        _ => "attempts",
    };
    let named = format!("{option} = {}", text::tokens(other));
    let args = if option == "attempts" { named } else { format!("{}, {named}", example("retry")) };
    named::nameless(attr, name, other, &args, diagnostics);
}

/// `50ms..2s`
fn backoff(value: &Expr, diagnostics: &mut Diagnostics) -> Option<Backoff> {
    let help = match ungroup(value) {
        Expr::Range(ExprRange { start: Some(first), end: Some(longest), limits: RangeLimits::HalfOpen(_), .. }) => {
            let first = setting::lower(first, "backoff", Unit::Duration, diagnostics);
            let longest = setting::lower(longest, "backoff", Unit::Duration, diagnostics);
            return Some(Backoff { first: first?, longest: longest?, range: value.clone() });
        }
        Expr::Range(ExprRange { start: Some(first), end: Some(longest), .. }) => {
            format!("`{}..{}`", text::tokens(first), text::tokens(longest))
        }
        other if setting::is_duration(other) => {
            let delay = text::tokens(other);
            format!("`{delay}..{delay}` waits as long each time, `50ms..2s` longer and longer")
        }
        _ => "such as `50ms..2s`".to_owned(),
    };
    let message = format!("`backoff` goes from the first delay to the longest\nhelp: {help}");
    diagnostics.error(value, message);
    None
}

/// `full` or `none`
fn jitter(value: &Expr, diagnostics: &mut Diagnostics) -> Option<Jitter> {
    named::word("jitter", value, (Jitter::ALL, Jitter::name), &JITTER, diagnostics)
}

/// A closure that is shown an error.
fn of_error(value: &Expr, option: &str, summary: &str, diagnostics: &mut Diagnostics) -> Option<Func> {
    let expected = Expected { name: option, params: 1, form: FormOf::Sync, may_fail: false, lends: None, summary };
    func::lower(value, &expected, diagnostics)
}
