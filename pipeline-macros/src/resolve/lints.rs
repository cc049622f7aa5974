//! `#![deny(…)]`, `#![warn(…)]` and `#![allow(…)]` of a pipeline, and the same above one of its statements.

use syn::{Attribute, Expr, Ident, Lit, LitStr, Meta, MetaList, Token, parse_quote, punctuated::Punctuated};

use super::attribute;
use crate::{
    diagnostics::{Diagnostics, closest, distance, one_of},
    graph::{Level, Lint, LintLevel},
    text,
};

/// The attributes of rustc that give lints a level.
pub(super) const LEVELS: [&str; 5] = ["allow", "warn", "deny", "expect", "forbid"];

/// What users call a lint, and what its name is.
const MEANT: [(&str, Lint); 22] = [
    ("timeout", Lint::MissingTimeout),
    ("timeouts", Lint::MissingTimeout),
    ("no_timeout", Lint::MissingTimeout),
    ("errors", Lint::SkippedErrors),
    ("ignored_errors", Lint::SkippedErrors),
    ("skip", Lint::SkippedErrors),
    ("on_error", Lint::SkippedErrors),
    ("lossy", Lint::LossyBranch),
    ("dropped_items", Lint::LossyBranch),
    ("data_loss", Lint::LossyBranch),
    ("unordered", Lint::UnorderedOutput),
    ("out_of_order", Lint::UnorderedOutput),
    ("order", Lint::UnorderedOutput),
    ("buffer", Lint::LargeBuffer),
    ("buffers", Lint::LargeBuffer),
    ("buffer_size", Lint::LargeBuffer),
    ("drain", Lint::MissingDrain),
    ("no_drain", Lint::MissingDrain),
    ("blocking", Lint::BlockingInAsync),
    ("blocking_calls", Lint::BlockingInAsync),
    ("thread_sleep", Lint::BlockingInAsync),
    ("block_on", Lint::BlockingInAsync),
];

/// The level that an inner attribute gives its lints.
pub(super) fn level(name: &Ident) -> Option<Level> {
    match name.to_string().as_str() {
        "deny" => Some(Level::Deny),
        "warn" => Some(Level::Warn),
        "allow" => Some(Level::Allow),
        _ => None,
    }
}

/// What to write for the levels of rustc that a pipeline has not: nothing inside it could change them.
pub(super) fn instead(name: &str) -> Option<&'static str> {
    match name {
        "forbid" => Some("deny"),
        "expect" => Some("allow"),
        _ => None,
    }
}

/// Reads the lints that an inner attribute names.
pub(super) fn lower(attr: &Attribute, name: &Ident, level: Level, diagnostics: &mut Diagnostics) -> Vec<LintLevel> {
    let Some(list) = attribute::list(attr, name, "skipped_errors", diagnostics) else { return Vec::new() };
    let Ok(args) = metas(list) else {
        let lint = attribute::given(attr).replace('"', "");
        let lint = if find(&lint).is_some() { lint } else { "skipped_errors".to_owned() };
        let help = attribute::text(attr, name, &lint);
        diagnostics.error(list, format_args!("`{name}` takes names of lints\nhelp: {help}"));
        return Vec::new();
    };
    let mut levels = Vec::new();
    let mut reason = None;
    for arg in &args {
        match arg {
            Meta::NameValue(pair) if pair.path.is_ident("reason") => reason = read_reason(&pair.value, diagnostics),
            arg => levels.extend(lint(arg, diagnostics)),
        }
    }
    let with_reason = |(lint, name)| LintLevel { lint, level, name, reason: reason.clone() };
    levels.into_iter().map(with_reason).collect()
}

/// Takes the pipeline's own lints out of an attribute above a statement; the rest is for rustc.
pub(super) fn of_statement(
    attr: &Attribute,
    name: &Ident,
    diagnostics: &mut Diagnostics,
) -> (Option<Attribute>, Vec<LintLevel>) {
    // what cannot be read is for rustc to report
    let Some(args) = own_list(attr) else { return (Some(attr.clone()), Vec::new()) };
    let mut own = Vec::new();
    let mut rest = Vec::new();
    let mut reason = None;
    for arg in args {
        match &arg {
            Meta::NameValue(pair) if pair.path.is_ident("reason") => {
                reason = text_of(&pair.value).cloned();
                rest.push(arg);
            }
            arg if misspelt(arg, diagnostics) => {}
            Meta::Path(path) if path.get_ident().is_some_and(|name| find(&name.to_string()).is_some()) => {
                own.extend(lint(&arg, diagnostics));
            }
            _ => rest.push(arg),
        }
    }
    let levels = levels_of_statement(own, name, reason.as_ref(), diagnostics);
    let for_rustc = rest.iter().any(|arg| !arg.path().is_ident("reason"));
    let attr = for_rustc.then(|| Attribute { meta: Meta::List(parse_quote!(#name(#(#rest),*))), ..attr.clone() });
    (attr, levels)
}

fn levels_of_statement(
    lints: Vec<(Lint, Ident)>,
    level: &Ident,
    reason: Option<&LitStr>,
    diagnostics: &mut Diagnostics,
) -> Vec<LintLevel> {
    let mut levels = Vec::new();
    for (lint, name) in lints {
        let Some(level) = self::level(level) else {
            let instead = instead(&level.to_string()).unwrap_or("allow");
            let message = format!("`{level}` is for lints of rustc alone\nhelp: `#[{instead}({name})]`");
            diagnostics.error(level, message);
            break;
        };
        if lint == Lint::MissingDrain {
            let message = format!(
                "`{name}` is about the whole pipeline\n\
                 help: `#![{}({name})]` at its top",
                level.name()
            );
            diagnostics.error(name, message);
            continue;
        }
        levels.push(LintLevel { lint, level, name, reason: reason.cloned() });
    }
    levels
}

/// Reports a lint of a pipeline that is given to a `let` or to the `fn`: rustc does not know it.
pub(super) fn misplaced(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) {
    let args = own_list(attr).into_iter().flatten();
    let lints: Vec<Ident> = args.filter_map(|arg| arg.path().get_ident().cloned()).collect();
    for lint in lints.iter().filter(|lint| find(&lint.to_string()).is_some()) {
        let level = instead(&name.to_string()).map_or_else(|| name.to_string(), str::to_owned);
        let message = format!(
            "`{lint}` is a lint of the pipeline\n\
             help: `#![{level}({lint})]` at the top of the pipeline, or `#[{level}({lint})]` above a statement"
        );
        diagnostics.error(lint, message);
    }
}

fn own_list(attr: &Attribute) -> Option<Punctuated<Meta, Token![,]>> {
    match &attr.meta {
        Meta::List(list) => metas(list).ok(),
        _ => None,
    }
}

fn metas(list: &MetaList) -> syn::Result<Punctuated<Meta, Token![,]>> {
    list.parse_args_with(Punctuated::parse_terminated)
}

fn find(name: &str) -> Option<Lint> {
    Lint::ALL.into_iter().find(|lint| lint.name() == name)
}

/// Reports a name that is almost that of a lint of a pipeline: rustc has none that is.
fn misspelt(arg: &Meta, diagnostics: &mut Diagnostics) -> bool {
    let Some(name) = arg.path().get_ident().map(Ident::to_string) else { return false };
    let near = |lint: &Lint| (1..=2).contains(&distance(&name, lint.name()));
    let Some(lint) = Lint::ALL.into_iter().find(near) else { return false };
    diagnostics.error(arg, format_args!("unknown lint `{name}`\nhelp: did you mean `{}`?", lint.name()));
    true
}

/// `reason = "…"`
fn read_reason(value: &Expr, diagnostics: &mut Diagnostics) -> Option<LitStr> {
    let text = text_of(value).cloned();
    if text.is_none() {
        diagnostics.error(value, "a `reason` is a string\nhelp: `reason = \"…\"`");
    }
    text
}

fn text_of(value: &Expr) -> Option<&LitStr> {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn lint(arg: &Meta, diagnostics: &mut Diagnostics) -> Option<(Lint, Ident)> {
    let name = match arg {
        Meta::Path(path) => path.get_ident(),
        _ => None,
    };
    let lint = name.and_then(|name| find(&name.to_string()));
    if lint.is_none() {
        diagnostics.error(arg, unknown(arg, name));
    }
    Some((lint?, name?.clone()))
}

fn unknown(arg: &Meta, name: Option<&Ident>) -> String {
    let valid = Lint::ALL.map(Lint::name);
    let Some(name) = name.map(Ident::to_string) else {
        let own = arg.path().get_ident().map(Ident::to_string).filter(|name| find(name).is_some());
        let help = match own {
            Some(name) => format!("`{name}` alone"),
            None => "lints of rustc and clippy belong above the `fn`, or the statement".to_owned(),
        };
        return format!("`{}` is no lint of a pipeline\nhelp: {help}", text::tokens(arg));
    };
    let meant = MEANT.iter().find(|(meant, _)| *meant == name).map(|(_, lint)| lint.name());
    match meant.or_else(|| closest(&name, valid)) {
        Some(near) => format!("unknown lint `{name}`\nhelp: did you mean `{near}`?"),
        None => format!(
            "unknown lint `{name}`\n\
             help: expected {}; lints of rustc and clippy belong above the `fn`, or the statement",
            one_of(&valid)
        ),
    }
}
