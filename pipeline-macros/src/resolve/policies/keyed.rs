//! `keyed(|x| key, idle = d)`

use syn::{Attribute, Expr, Ident};

use super::example;
use crate::{
    diagnostics::{Diagnostics, closest},
    graph::{Func, Policies},
    resolve::{
        attribute::{self, is_name},
        func::{self, Expected, FormOf},
        setting::{self, Unit},
    },
    text,
};

/// Other words for the option of `keyed`.
const IDLE: [&str; 9] =
    ["ttl", "timeout", "expire", "expires", "expiry", "after", "forget", "max_idle", "idle_timeout"];

pub(super) fn keyed(attr: &Attribute, name: &Ident, policies: &mut Policies, diagnostics: &mut Diagnostics) {
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
fn key_of(attr: &Attribute, name: &Ident, key: &Expr, diagnostics: &mut Diagnostics) -> Option<Func> {
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
