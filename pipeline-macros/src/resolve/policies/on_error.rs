//! `on_error(fail | skip | reject)`

use syn::{Attribute, Expr, Ident};

use super::{example, unknown_argument};
use crate::{
    diagnostics::{Diagnostics, closest},
    graph::OnError,
    resolve::attribute::{self, is_name, one_argument},
};

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

pub(super) fn on_error(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> Option<OnError> {
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
