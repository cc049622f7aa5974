//! The attributes of a statement and of its branches.

pub(super) mod branch;
mod breaker;
pub(super) mod budget;
mod keyed;
mod limit;
mod named;
mod on_cancel;
mod on_error;
mod rate;
mod retry;
mod timeout;

use syn::{Attribute, Expr, ExprAssign, Ident, Meta};

use super::{
    attribute::{self, flag, one_argument},
    lints,
    place::Place,
    setting::{self, Unit},
    unknown,
};
use crate::{
    diagnostics::{Diagnostics, closest, one_of},
    graph::{Policies, Setting},
    syntax, text,
};

pub(crate) const KNOWN: [&str; 14] = [
    "workers",
    "unordered",
    "keyed",
    "in_flight",
    "buffer",
    "blocking",
    "inline",
    "timeout",
    "retry",
    "breaker",
    "rate",
    "limit",
    "on_error",
    "on_cancel",
];

/// Handed through to the generated code.
pub(super) const HANDED_THROUGH: [&str; 6] = ["doc", "allow", "warn", "deny", "expect", "forbid"];

/// What may stand in a policy's parentheses; nothing if none may.
pub(super) fn example(policy: &str) -> &'static str {
    match policy {
        "workers" => "8",
        "in_flight" | "buffer" => "64",
        "keyed" => "|x| x.id",
        "timeout" => "2s",
        "retry" => "attempts = 4",
        "breaker" => "failure_rate = 0.5",
        "rate" => "100, per = 1s",
        "limit" => "&semaphore",
        "on_error" => "skip",
        "on_cancel" => "finish",
        _ => "",
    }
}

/// Whether a statement has an attribute of this name.
pub(super) fn is_attribute(name: &str) -> bool {
    KNOWN.contains(&name)
}

/// Reads the attributes of a statement; `buffer` is a property of its edges.
pub(super) fn lower(
    attrs: &[Attribute],
    place: &Place<'_>,
    diagnostics: &mut Diagnostics,
) -> (Policies, Option<Setting>) {
    let mut policies = Policies::default();
    let mut buffer = None;
    let mut seen: Vec<&Ident> = Vec::new();
    for attr in attrs {
        let before = diagnostics.count();
        read(attr, place, &mut seen, (&mut policies, &mut buffer), diagnostics);
        if diagnostics.count() > before {
            let is_half_typed = takes_values(attr) && attribute::is_half_typed(attr);
            let kept = match attr.path().get_ident().map(Ident::to_string).as_deref() {
                Some("workers") => policies.workers.is_some(),
                Some("in_flight") => policies.in_flight.is_some(),
                Some("buffer") => buffer.is_some(),
                Some("keyed") => policies.keyed.is_some(),
                _ => false,
            };
            if is_half_typed {
                diagnostics.truncate(before + 1);
                // the rest of it is not there to be judged
                match attr.path().get_ident().map(Ident::to_string).as_deref() {
                    Some("breaker") => policies.breaker = None,
                    Some("rate") => policies.rate = None,
                    Some("limit") => policies.limit = None,
                    _ => {}
                }
            }
            if !(is_half_typed && kept) {
                policies.left_out.extend(expressions(attr));
            }
            // what it says of failed items is not known, and no rule can be asked of it
            policies.written.retain(|name| !(name == "on_error" && attr.path().is_ident("on_error")));
        }
    }
    (policies, buffer)
}

/// Reads one of them; `seen` are the names of those in front of it.
fn read<'a>(
    attr: &'a Attribute,
    place: &Place<'_>,
    seen: &mut Vec<&'a Ident>,
    (policies, buffer): (&mut Policies, &mut Option<Setting>),
    diagnostics: &mut Diagnostics,
) {
    let Some(name) = name_of(attr, diagnostics) else { return };
    let text = name.to_string();
    if lints::LEVELS.contains(&text.as_str()) {
        let (rest, lints) = lints::of_statement(attr, name, diagnostics);
        policies.attrs.extend(rest);
        policies.lints.extend(lints);
        return;
    }
    if HANDED_THROUGH.contains(&text.as_str()) {
        policies.attrs.push(attr.clone());
        return;
    }
    if !KNOWN.contains(&text.as_str()) {
        unknown::on_statement(attr, name, place, diagnostics);
        return;
    }
    if let Some(first) = seen.iter().find(|first| **first == name) {
        twice(name, first, diagnostics);
        return;
    }
    seen.push(name);
    if let Some(message) = place.refuses(&text) {
        diagnostics.error(name, message);
        return;
    }
    policies.written.push(name.clone());
    match text.as_str() {
        "workers" => policies.workers = count(attr, name, diagnostics),
        "in_flight" => policies.in_flight = count(attr, name, diagnostics),
        "buffer" => *buffer = count(attr, name, diagnostics),
        "unordered" => policies.unordered = flag(attr, name, diagnostics).then(|| name.span()),
        "blocking" => policies.blocking = flag(attr, name, diagnostics).then(|| name.span()),
        "inline" => policies.inline = inline(attr, name, diagnostics),
        "keyed" => keyed::keyed(attr, name, policies, diagnostics),
        "timeout" => policies.timeout = timeout::timeout(attr, name, diagnostics),
        "retry" => policies.retry = retry::retry(attr, name, diagnostics),
        "breaker" => policies.breaker = breaker::breaker(attr, name, diagnostics),
        "rate" => policies.rate = rate::rate(attr, name, diagnostics),
        "limit" => policies.limit = limit::limit(attr, name, diagnostics),
        "on_cancel" => policies.on_cancel = on_cancel::on_cancel(attr, name, diagnostics).unwrap_or_default(),
        _ => on_error::on_error(attr, name, policies, diagnostics),
    }
}

/// Whether an attribute takes values, misspelt as it may be.
fn takes_values(attr: &Attribute) -> bool {
    attr.path().get_ident().is_some_and(|name| {
        let values = [
            "workers",
            "keyed",
            "in_flight",
            "buffer",
            "deadline",
            "drain",
            "timeout",
            "retry",
            "retry_budget",
            "breaker",
            "rate",
            "limit",
        ];
        closest(&name.to_string(), values).is_some()
    })
}

/// The expressions in an attribute that takes values, as far as it can be read.
pub(super) fn expressions(attr: &Attribute) -> Vec<Expr> {
    let Meta::List(list) = &attr.meta else { return Vec::new() };
    let mut values = if takes_values(attr) { syntax::arguments(list).0 } else { Vec::new() };
    // what else stands in the place of a closure names what only a closure has
    let is_key = |value: &Expr| match value {
        Expr::Closure(closure) => !closure.inputs.is_empty(),
        value => matches!(value, Expr::Assign(_)),
    };
    values.retain(|value| !attr.path().is_ident("keyed") || is_key(value));
    // words, which rustc would take for names
    let is_word = |name: &Expr| ["jitter", "open"].iter().any(|option| attribute::is_name(name, option));
    let is_named = |named: &ExprAssign| !is_word(&named.left) && !syntax::is_missing(&named.left);
    values.retain(|value| !matches!(value, Expr::Assign(named) if !is_named(named)));
    values
}

/// Reports an argument that is none of the words that may stand there.
fn unknown_argument(
    attr: &Attribute,
    name: &Ident,
    arg: &Expr,
    meant: Option<&str>,
    valid: &[&str],
    diagnostics: &mut Diagnostics,
) {
    // What could not be read was reported.
    if syntax::is_missing(arg) {
        return;
    }
    let help = match meant {
        Some(meant) => format!("did you mean {}?", attribute::text(attr, name, meant)),
        None => format!("expected {}", one_of(valid)),
    };
    diagnostics.error(arg, format_args!("unknown argument `{}` of `{name}`\nhelp: {help}", text::tokens(arg)));
}

/// The attributes of a `let`; one that cannot stand there is reported and left out.
pub(super) fn of_let(attrs: &[Attribute], diagnostics: &mut Diagnostics) -> Vec<Attribute> {
    let mut can_stand = |attr: &&Attribute| {
        let before = diagnostics.count();
        if let Some(name) = name_of(attr, diagnostics) {
            if !HANDED_THROUGH.iter().any(|accepted| name == accepted) {
                unknown::on_value(attr, name, diagnostics);
            } else if name != "doc" {
                lints::misplaced(attr, name, diagnostics);
            }
        }
        diagnostics.count() == before
    };
    attrs.iter().filter(|attr| can_stand(attr)).cloned().collect()
}

fn name_of<'a>(attr: &'a Attribute, diagnostics: &mut Diagnostics) -> Option<&'a Ident> {
    let name = attr.path().get_ident();
    if name.is_none() {
        let message = format!(
            "`{}` is no attribute of a pipeline\n\
             help: attributes of other crates belong above the `fn`",
            text::tokens(attr.path())
        );
        diagnostics.error(attr.path(), message);
    }
    name
}

/// Reports what was given once already.
pub(super) fn twice(name: &Ident, first: &Ident, diagnostics: &mut Diagnostics) {
    diagnostics.conflict(
        name,
        format_args!("`{name}` is given twice"),
        first,
        format_args!("`{name}` is given here first"),
    );
}

fn count(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> Option<Setting> {
    let arg = one_argument(attr, name, example(&name.to_string()), diagnostics)?;
    setting::lower(&arg, &name.to_string(), Unit::Count, diagnostics)
}

/// Not the `inline` of rustc, which takes arguments.
pub(super) fn inline(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> bool {
    if ["always", "never"].contains(&&*attribute::given(attr)) {
        let message = format!(
            "`{name}` takes no argument: here it is about tasks, not about functions\n\
             help: {} runs a stage inside its producer's task",
            attribute::text(attr, name, "")
        );
        diagnostics.error(&attr.meta, message);
        return false;
    }
    flag(attr, name, diagnostics)
}
