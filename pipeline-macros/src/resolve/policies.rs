//! The attributes of a statement and of its branches.

use syn::{Attribute, Expr, Ident, Meta};

use super::{
    attribute::{self, flag, is_name, one_argument},
    func::{self, Expected, FormOf},
    lints,
    place::Place,
    setting::{self, Unit},
    unknown,
};
use crate::{
    diagnostics::{Diagnostics, closest, one_of},
    graph::{Drops, Lossy, OnError, Policies, Setting},
    syntax, text,
};

pub(crate) const KNOWN: [&str; 8] =
    ["workers", "unordered", "keyed", "in_flight", "buffer", "blocking", "inline", "on_error"];

/// Attributes of the language that are not built yet.
pub(crate) const PLANNED: [&str; 7] = ["timeout", "retry", "retry_budget", "breaker", "rate", "limit", "on_cancel"];

/// Handed through to the generated code.
pub(super) const HANDED_THROUGH: [&str; 6] = ["doc", "allow", "warn", "deny", "expect", "forbid"];

/// What may stand in a policy's parentheses; nothing if none may.
pub(super) fn example(policy: &str) -> &'static str {
    match policy {
        "workers" => "8",
        "in_flight" | "buffer" => "64",
        "keyed" => "|x| x.id",
        "on_error" => "skip",
        _ => "",
    }
}

/// Whether a statement has an attribute of this name.
pub(super) fn is_attribute(name: &str) -> bool {
    KNOWN.contains(&name) || PLANNED.contains(&name)
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
            policies.left_out.extend(expressions(attr));
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
        "keyed" => keyed(attr, name, policies, diagnostics),
        _ => policies.on_error = on_error(attr, name, diagnostics).unwrap_or_default(),
    }
}

/// The expressions in an attribute that takes values, as far as it can be read.
pub(super) fn expressions(attr: &Attribute) -> Vec<Expr> {
    let takes_values = attr.path().get_ident().is_some_and(|name| {
        let values =
            ["workers", "keyed", "in_flight", "buffer", "deadline", "drain", "timeout", "retry", "rate", "limit"];
        closest(&name.to_string(), values).is_some()
    });
    let Meta::List(list) = &attr.meta else { return Vec::new() };
    let mut values = if takes_values { syntax::arguments(list).0 } else { Vec::new() };
    // what else stands in the place of a closure names what only a closure has
    values.retain(|value| !attr.path().is_ident("keyed") || matches!(value, Expr::Closure(_) | Expr::Assign(_)));
    values
}

/// Reads the attributes of a branch.
pub(super) fn lower_branch(
    attrs: &[Attribute],
    branch: &Ident,
    place: &Place<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Lossy> {
    let mut first: Option<(&Attribute, &Ident)> = None;
    for attr in attrs {
        let Some(name) = name_of(attr, diagnostics) else { continue };
        match (&first, name.to_string().as_str()) {
            (Some((_, first)), "lossy") => twice(name, first, diagnostics),
            (None, "lossy") => first = Some((attr, name)),
            (_, "doc") => {}
            _ => unknown::on_branch(name, branch, diagnostics),
        }
    }
    let (attr, name) = first?;
    // what goes to one branch of a `route` goes nowhere else: there is nobody whom it could slow
    if place.is_route() {
        let message = "`lossy` cannot stand on a branch of a `route`\n\
            help: only a `tee` has it; to let items go, give them to `skip()`";
        diagnostics.error(name, message);
        return None;
    }
    lossy(attr, name, diagnostics)
}

/// What is meant by another word for what a full branch lets go of.
const DROPS: [(&str, Drops); 8] = [
    ("oldest", Drops::Oldest),
    ("newest", Drops::Newest),
    ("drop_old", Drops::Oldest),
    ("drop_new", Drops::Newest),
    ("keep_newest", Drops::Oldest),
    ("keep_latest", Drops::Oldest),
    ("latest", Drops::Oldest),
    ("keep_oldest", Drops::Newest),
];

fn lossy(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> Option<Lossy> {
    let arg = one_argument(attr, name, Drops::Oldest.name(), diagnostics)?;
    let drops = Drops::ALL.into_iter().find(|drops| is_name(&arg, drops.name()));
    if drops.is_none() {
        let (given, valid) = (attribute::word(&arg), Drops::ALL.map(Drops::name));
        let meant = DROPS.iter().find(|(word, _)| *word == given).map(|(_, drops)| drops.name());
        unknown_argument(attr, name, &arg, meant.or_else(|| closest(&given, valid)), &valid, diagnostics);
    }
    Some(Lossy { name: name.clone(), drops: drops? })
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
    let help = match meant {
        Some(meant) => format!("did you mean {}?", attribute::text(attr, name, meant)),
        None => format!("expected {}", one_of(valid)),
    };
    diagnostics.error(arg, format_args!("unknown argument `{}` of `{name}`\nhelp: {help}", text::tokens(arg)));
}

/// Reports every attribute of a `let` that cannot stand there.
pub(super) fn check_let(attrs: &[Attribute], diagnostics: &mut Diagnostics) {
    for attr in attrs {
        let Some(name) = name_of(attr, diagnostics) else { continue };
        if !HANDED_THROUGH.iter().any(|accepted| name == accepted) {
            unknown::on_value(attr, name, diagnostics);
        } else if name != "doc" {
            lints::misplaced(attr, name, diagnostics);
        }
    }
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

/// Other words for the option of `keyed`.
const IDLE: [&str; 9] =
    ["ttl", "timeout", "expire", "expires", "expiry", "after", "forget", "max_idle", "idle_timeout"];

fn keyed(attr: &Attribute, name: &Ident, policies: &mut Policies, diagnostics: &mut Diagnostics) {
    let Some(list) = attribute::list(attr, name, example("keyed"), diagnostics) else { return };
    let Some(args) = attribute::arguments(attr, name, list, diagnostics) else { return };
    let (options, others): (Vec<&Expr>, Vec<&Expr>) = args.iter().partition(|arg| matches!(arg, Expr::Assign(_)));
    let mut first_idle: Option<&Expr> = None;
    let mut key_by_name = false;
    for option in options {
        let Expr::Assign(assign) = option else { continue };
        let given = text::tokens(&assign.left);
        if given != "idle" {
            key_by_name |= matches!(*assign.right, Expr::Closure(_));
            unknown_option(&assign.left, &assign.right, diagnostics);
        } else if let Some(first) = first_idle {
            diagnostics.conflict(&assign.left, "`idle` is given twice", first, "`idle` is given here first");
        } else {
            first_idle = Some(&assign.left);
            policies.idle = setting::lower(&assign.right, "idle", Unit::Duration, diagnostics);
        }
    }
    let Some((key, surplus)) = others.split_first() else {
        if !key_by_name {
            let help = attribute::text(attr, name, example("keyed"));
            diagnostics.error(list, format_args!("`{name}` needs a closure that gives an item's key\nhelp: {help}"));
        }
        return;
    };
    for other in surplus {
        let idle = match other {
            Expr::Call(call) if is_name(&call.func, "idle") => text::tokens(&call.args),
            Expr::Lit(duration) => text::tokens(duration),
            _ => "5m".to_owned(),
        };
        let help = attribute::text(attr, name, &format!("{}, idle = {idle}", text::tokens(*key)));
        diagnostics.error(other, format_args!("`{name}` takes one argument and the option `idle`\nhelp: {help}"));
    }
    policies.keyed = key_of(attr, name, key, diagnostics);
}

/// Reports an option of `keyed` that it has not.
fn unknown_option(option: &Expr, value: &Expr, diagnostics: &mut Diagnostics) {
    let given = text::tokens(option);
    let help = match value {
        Expr::Closure(_) => format!("the key has no name: `#[keyed({})]`", text::tokens(value)),
        _ if IDLE.contains(&&*given) || closest(&given, ["idle"]).is_some() => {
            format!("did you mean `idle = {}`?", text::tokens(value))
        }
        _ => "expected `idle`".to_owned(),
    };
    diagnostics.error(option, format_args!("unknown option `{given}` of `keyed`\nhelp: {help}"));
}

/// The function that gives the key.
fn key_of(attr: &Attribute, name: &Ident, key: &Expr, diagnostics: &mut Diagnostics) -> Option<crate::graph::Func> {
    if let Some(closure) = closure_meant(key) {
        let help = attribute::text(attr, name, &closure);
        diagnostics.error(key, format_args!("`{name}` takes a closure that gives an item's key\nhelp: {help}"));
        return None;
    }
    let expected = Expected {
        name: "keyed",
        params: 1,
        form: FormOf::Sync,
        may_fail: false,
        lends: None,
        summary: "#[keyed(|x| x.id)]",
    };
    func::lower(key, &expected, diagnostics)
}

/// `x.id` was meant to be `|x| x.id`.
fn closure_meant(key: &Expr) -> Option<String> {
    let mut root = key;
    loop {
        root = match root {
            Expr::Field(field) => &field.base,
            Expr::MethodCall(call) => &call.receiver,
            Expr::Reference(reference) => &reference.expr,
            _ => break,
        };
    }
    match root {
        Expr::Path(path) if !std::ptr::eq(root, key) => {
            Some(format!("|{}| {}", path.path.get_ident()?, text::tokens(key)))
        }
        _ => None,
    }
}

/// Other words for what a failed item does.
const ON_ERROR: [(&str, &str); 30] = [
    ("ignore", "skip"),
    ("drop", "skip"),
    ("discard", "skip"),
    ("continue", "skip"),
    ("next", "skip"),
    ("log", "skip"),
    ("warn", "skip"),
    ("swallow", "skip"),
    ("suppress", "skip"),
    ("filter", "skip"),
    ("abort", "fail"),
    ("stop", "fail"),
    ("exit", "fail"),
    ("panic", "fail"),
    ("return", "fail"),
    ("break", "fail"),
    ("error", "fail"),
    ("err", "fail"),
    ("raise", "fail"),
    ("throw", "fail"),
    ("propagate", "fail"),
    ("cancel", "fail"),
    ("fail_fast", "fail"),
    ("rejects", "reject"),
    ("collect", "reject"),
    ("forward", "reject"),
    ("send", "reject"),
    ("route", "reject"),
    ("dead_letter", "reject"),
    ("dlq", "reject"),
];

fn on_error(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> Option<OnError> {
    const VALID: [&str; 3] = ["fail", "skip", "reject"];
    let arg = one_argument(attr, name, example("on_error"), diagnostics)?;
    match &arg {
        arg if is_name(arg, "fail") => Some(OnError::Fail),
        arg if is_name(arg, "skip") => Some(OnError::Skip),
        arg if is_name(arg, "reject") => Some(OnError::Reject),
        Expr::Closure(closure) => {
            let head = &closure.inputs_begin;
            diagnostics.not_yet(head, "on_error(|e| …)");
            None
        }
        arg => {
            let given = attribute::word(arg);
            let meant = ON_ERROR.iter().find(|(word, _)| *word == given).map(|(_, meant)| *meant);
            unknown_argument(attr, name, arg, meant.or_else(|| closest(&given, VALID)), &VALID, diagnostics);
            None
        }
    }
}
