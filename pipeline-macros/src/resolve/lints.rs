//! `#![deny(…)]`, `#![warn(…)]` and `#![allow(…)]`.

use syn::{Attribute, Expr, Ident, Lit, LitStr, Meta, Token, punctuated::Punctuated};

use super::policies::list;
use crate::{
    diagnostics::{Diagnostics, closest, one_of},
    graph::{Level, Lint, LintLevel},
};

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

/// Reads the lints that an attribute names.
pub(super) fn lower(attr: &Attribute, name: &Ident, level: Level, diagnostics: &mut Diagnostics) -> Vec<LintLevel> {
    let example = format!("`#![{name}(skipped_errors)]`");
    let Some(list) = list(attr, name, &example, diagnostics) else { return Vec::new() };
    let Ok(args) = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else {
        diagnostics.error(list, format_args!("`{name}` takes names of lints\nhelp: {example}"));
        return Vec::new();
    };
    let mut levels = Vec::new();
    let mut reason = None;
    for arg in &args {
        if let Some(text) = reason_of(arg) {
            reason = Some(text);
        } else if let Some(lint) = lint(arg, diagnostics) {
            levels.push(lint);
        }
    }
    let with_reason = |(lint, name)| LintLevel { lint, level, name, reason: reason.clone() };
    levels.into_iter().map(with_reason).collect()
}

/// `reason = "…"`
fn reason_of(arg: &Meta) -> Option<LitStr> {
    match arg {
        Meta::NameValue(pair) if pair.path.is_ident("reason") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.clone()),
                _ => None,
            },
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
    let lint = name.and_then(|name| Lint::ALL.into_iter().find(|lint| name == lint.name()));
    if lint.is_none() {
        diagnostics.error(arg, unknown(arg, name));
    }
    Some((lint?, name?.clone()))
}

fn unknown(arg: &Meta, name: Option<&Ident>) -> String {
    let valid = Lint::ALL.map(Lint::name);
    let expected = one_of(&valid);
    let Some(text) = name.map(Ident::to_string) else {
        let text = quote::quote!(#arg).to_string().replace(' ', "");
        return format!(
            "`{text}` is no lint of a pipeline\n\
             help: expected {expected}; lints of rustc and clippy belong above the `fn`, or the statement"
        );
    };
    match closest(&text, valid) {
        Some(near) => format!("unknown lint `{text}`\nhelp: did you mean `{near}`? Expected {expected}"),
        None => format!(
            "unknown lint `{text}`\n\
             help: expected {expected}; lints of rustc and clippy belong above the `fn`, or the statement"
        ),
    }
}
