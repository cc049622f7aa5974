//! The attributes of a statement.

use quote::ToTokens;
use syn::{Attribute, Expr, Ident, Meta, MetaList};

use super::{
    func::{self, Expected, FormOf},
    setting::{self, Unit},
};
use crate::{
    diagnostics::{Diagnostics, closest, suggest},
    graph::{Drops, Lossy, OnError, Policies, Setting},
    syntax,
};

pub(crate) const KNOWN: [&str; 8] =
    ["workers", "unordered", "keyed", "in_flight", "buffer", "blocking", "inline", "on_error"];

/// Attributes of the language that are not built yet.
pub(crate) const PLANNED: [&str; 7] = ["timeout", "retry", "retry_budget", "breaker", "rate", "limit", "on_cancel"];

/// Attributes of a branch.
const ON_BRANCH: [&str; 2] = ["lossy", "doc"];

/// Handed through to the generated code.
const HANDED_THROUGH: [&str; 6] = ["doc", "allow", "warn", "deny", "expect", "forbid"];

/// Whether a statement has an attribute of this name.
pub(super) fn is_attribute(name: &str) -> bool {
    KNOWN.contains(&name) || PLANNED.contains(&name)
}

/// Reads the attributes of a statement; `buffer` is a property of its edges.
pub(super) fn lower(attrs: &[Attribute], diagnostics: &mut Diagnostics) -> (Policies, Option<Setting>) {
    let mut policies = Policies::default();
    let mut buffer = None;
    for attr in attrs {
        let Some(name) = name_of(attr, diagnostics) else { continue };
        let text = name.to_string();
        if HANDED_THROUGH.contains(&text.as_str()) {
            policies.attrs.push(attr.clone());
            continue;
        }
        if !KNOWN.contains(&text.as_str()) {
            unknown(name, &KNOWN, diagnostics);
            policies.left_out.extend(expressions(attr));
            continue;
        }
        if let Some(first) = policies.written(&text) {
            diagnostics.conflict(
                name,
                format_args!("`{name}` is given twice"),
                first,
                format_args!("`{name}` is given here first"),
            );
            continue;
        }
        policies.written.push(name.clone());
        let before = diagnostics.count();
        match text.as_str() {
            "workers" => policies.workers = count(attr, name, "`#[workers(8)]`", diagnostics),
            "in_flight" => policies.in_flight = count(attr, name, "`#[in_flight(64)]`", diagnostics),
            "buffer" => buffer = count(attr, name, "`#[buffer(64)]`", diagnostics),
            "unordered" => policies.unordered = flag(attr, name, "`#[unordered]`", diagnostics).map(Ident::span),
            "blocking" => policies.blocking = flag(attr, name, "`#[blocking]`", diagnostics).map(Ident::span),
            "inline" => policies.inline = flag(attr, name, "`#[inline]`", diagnostics).is_some(),
            "keyed" => keyed(attr, name, &mut policies, diagnostics),
            _ => on_error(attr, name, &mut policies, diagnostics),
        }
        if diagnostics.count() > before {
            policies.left_out.extend(expressions(attr));
        }
    }
    (policies, buffer)
}

/// The expressions in an attribute that takes values, as far as it can be read.
pub(super) fn expressions(attr: &Attribute) -> Vec<Expr> {
    let takes_values = attr.path().get_ident().is_some_and(|name| {
        let values =
            ["workers", "keyed", "in_flight", "buffer", "deadline", "drain", "timeout", "retry", "rate", "limit"];
        closest(&name.to_string(), values).is_some()
    });
    match &attr.meta {
        Meta::List(list) if takes_values => syntax::arguments(list).0,
        _ => Vec::new(),
    }
}

/// Reads the attributes of a branch.
pub(super) fn lower_branch(attrs: &[Attribute], diagnostics: &mut Diagnostics) -> Option<Lossy> {
    let is_lossy = |attr: &&Attribute| attr.path().is_ident("lossy");
    accept_only(attrs, &ON_BRANCH, "a branch", diagnostics);
    let mut written = attrs.iter().filter(is_lossy);
    let first = written.next()?;
    for second in written {
        diagnostics.conflict(second.path(), "`lossy` is given twice", first.path(), "`lossy` is given here first");
    }
    lossy(first, diagnostics)
}

fn lossy(attr: &Attribute, diagnostics: &mut Diagnostics) -> Option<Lossy> {
    let name = attr.path().get_ident()?;
    let arg = one_argument(attr, name, "`#[lossy(drop_oldest)]`", diagnostics)?;
    let drops = Drops::ALL.into_iter().find(|drops| is_name(&arg, drops.name()));
    if drops.is_none() {
        let given = quote::quote!(#arg).to_string();
        let help = suggest(&given, &Drops::ALL.map(Drops::name));
        diagnostics.error(&arg, format_args!("unknown argument of `lossy`{help}"));
    }
    Some(Lossy { name: name.clone(), drops: drops? })
}

/// Reports every attribute of a `let` that cannot stand there.
pub(super) fn check_let(attrs: &[Attribute], diagnostics: &mut Diagnostics) {
    accept_only(attrs, &HANDED_THROUGH, "a `let`", diagnostics);
}

fn accept_only(attrs: &[Attribute], accepted: &[&str], place: &str, diagnostics: &mut Diagnostics) {
    for attr in attrs {
        let Some(name) = name_of(attr, diagnostics) else { continue };
        let text = name.to_string();
        if accepted.contains(&text.as_str()) {
            continue;
        }
        if KNOWN.contains(&text.as_str()) || HANDED_THROUGH.contains(&text.as_str()) {
            let message = format!("`{name}` cannot stand on {place}\nhelp: it belongs above a statement");
            diagnostics.error(name, message);
        } else {
            unknown(name, accepted, diagnostics);
        }
    }
}

fn name_of<'a>(attr: &'a Attribute, diagnostics: &mut Diagnostics) -> Option<&'a Ident> {
    let name = attr.path().get_ident();
    if name.is_none() {
        diagnostics.error(attr.path(), "an attribute of a pipeline has a name without `::`");
    }
    name
}

fn unknown(name: &Ident, valid: &[&str], diagnostics: &mut Diagnostics) {
    let text = name.to_string();
    match text.as_str() {
        "cfg" => diagnostics.error(
            name,
            "`cfg` needs one predicate\n\
             help: `#[cfg(unix)]`, `#[cfg(not(test))]`, `#[cfg(all(unix, feature = \"metrics\"))]`",
        ),
        "cfg_attr" => diagnostics.error(
            name,
            "`cfg_attr` cannot stand here\n\
             help: write it twice, once with `#[cfg(…)]` and the attribute, once with `#[cfg(not(…))]`",
        ),
        text if ON_BRANCH.contains(&text) => diagnostics.error(
            name,
            format_args!(
                "`{name}` cannot stand here\n\
                 help: it belongs on a branch of a `tee`: `stage (a, #[lossy(drop_oldest)] b) = x.tee();`"
            ),
        ),
        text if PLANNED.contains(&text) => diagnostics.not_yet(name, name),
        text => diagnostics.error(name, format_args!("unknown attribute `{name}`{}", suggest(text, valid))),
    }
}

/// The arguments in parentheses; reports their absence.
pub(super) fn list<'a>(
    attr: &'a Attribute,
    name: &Ident,
    example: &str,
    diagnostics: &mut Diagnostics,
) -> Option<&'a MetaList> {
    match &attr.meta {
        Meta::List(list) => Some(list),
        _ => {
            diagnostics.error(
                &attr.meta,
                format_args!(
                    "`{name}` needs its argument\n\
                     help: {example}"
                ),
            );
            None
        }
    }
}

fn arguments(list: &MetaList, diagnostics: &mut Diagnostics) -> Option<Vec<Expr>> {
    match syntax::arguments(list) {
        (args, None) => Some(args),
        (_, Some(error)) => {
            diagnostics.push(error);
            None
        }
    }
}

/// The one argument in parentheses.
pub(super) fn one_argument(
    attr: &Attribute,
    name: &Ident,
    example: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Expr> {
    let list = list(attr, name, example, diagnostics)?;
    let mut args = arguments(list, diagnostics)?.into_iter();
    match (args.next(), args.next()) {
        (Some(arg), None) => Some(arg),
        _ => {
            diagnostics.error(list, format_args!("`{name}` takes 1 argument\nhelp: {example}"));
            None
        }
    }
}

fn count(attr: &Attribute, name: &Ident, example: &str, diagnostics: &mut Diagnostics) -> Option<Setting> {
    let arg = one_argument(attr, name, example, diagnostics)?;
    setting::lower(&arg, &name.to_string(), Unit::Count, diagnostics)
}

pub(super) fn flag<'a>(
    attr: &Attribute,
    name: &'a Ident,
    example: &str,
    diagnostics: &mut Diagnostics,
) -> Option<&'a Ident> {
    if !matches!(attr.meta, Meta::Path(_)) {
        diagnostics.error(
            &attr.meta,
            format_args!(
                "`{name}` takes no argument\n\
                 help: {example}"
            ),
        );
        return None;
    }
    Some(name)
}

fn keyed(attr: &Attribute, name: &Ident, policies: &mut Policies, diagnostics: &mut Diagnostics) {
    let (example, with_idle) = ("`#[keyed(|x| x.id)]`", "`#[keyed(|x| x.id, idle = 5m)]`");
    let Some(list) = list(attr, name, example, diagnostics) else { return };
    let Some(args) = arguments(list, diagnostics) else { return };
    let mut args = args.iter();
    let Some(key) = args.next() else {
        diagnostics.error(list, format_args!("`{name}` takes 1 argument\nhelp: {example}"));
        return;
    };
    for option in args {
        match option {
            Expr::Assign(assign) if is_name(&assign.left, "idle") && policies.idle.is_some() => {
                diagnostics.error(&assign.left, "`idle` is given twice");
            }
            Expr::Assign(assign) if is_name(&assign.left, "idle") => {
                policies.idle = setting::lower(&assign.right, "idle", Unit::Duration, diagnostics);
            }
            Expr::Assign(assign) => {
                let left = assign.left.to_token_stream();
                diagnostics.error(
                    &assign.left,
                    format_args!("unknown option `{left}` of `{name}`{}", suggest(&left.to_string(), &["idle"])),
                );
            }
            other => diagnostics.error(
                other,
                format_args!(
                    "`{name}` takes 1 argument and the option `idle`\n\
                     help: {with_idle}"
                ),
            ),
        }
    }
    let expected = Expected {
        name: "keyed",
        params: 1,
        form: FormOf::Sync,
        may_fail: false,
        lends: None,
        summary: "#[keyed(|x| x.id)]",
    };
    policies.keyed = func::lower(key, &expected, diagnostics);
}

fn on_error(attr: &Attribute, name: &Ident, policies: &mut Policies, diagnostics: &mut Diagnostics) {
    let Some(arg) = one_argument(attr, name, "`#[on_error(skip)]`", diagnostics) else { return };
    policies.on_error = match &arg {
        arg if is_name(arg, "fail") => OnError::Fail,
        arg if is_name(arg, "skip") => OnError::Skip,
        arg if is_name(arg, "reject") => OnError::Reject,
        Expr::Closure(closure) => {
            let head = &closure.inputs_begin;
            diagnostics.not_yet(head, "on_error(|e| …)");
            return;
        }
        arg => {
            diagnostics.error(
                arg,
                "unknown answer to an error\n\
                 help: expected `fail`, `skip` or `reject`",
            );
            return;
        }
    };
}

fn is_name(expr: &Expr, name: &str) -> bool {
    matches!(expr, Expr::Path(path) if path.path.is_ident(name))
}
