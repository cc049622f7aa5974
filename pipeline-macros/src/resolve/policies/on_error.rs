//! `on_error(fail | skip | reject)`, `on_error(|e| …)`

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Expr, ExprClosure, Ident};

use super::{example, unknown_argument};
use crate::{
    diagnostics::{Diagnostics, closest},
    graph::{Decide, OnError, Policies},
    resolve::{
        attribute::{self, is_name, one_argument},
        func::{self, Expected, FormOf},
    },
    uses::Uses,
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

pub(super) fn on_error(attr: &Attribute, name: &Ident, policies: &mut Policies, diagnostics: &mut Diagnostics) {
    let Some(arg) = one_argument(attr, name, example("on_error"), diagnostics) else { return };
    match &arg {
        arg if is_name(arg, "fail") => policies.on_error = OnError::Fail,
        arg if is_name(arg, "skip") => policies.on_error = OnError::Skip,
        arg if is_name(arg, "reject") => policies.on_error = OnError::Reject,
        Expr::Closure(closure) => {
            policies.decide = decide(closure, &arg, diagnostics);
            policies.on_error = policies.decide.as_ref().map_or(OnError::Fail, |_| OnError::Decided);
        }
        arg => {
            let given = attribute::word(arg);
            let meant = ON_ERROR.iter().find(|(word, _)| *word == given).map(|(_, meant)| *meant);
            let meant = meant.or_else(|| closest(&given, Decide::WORDS));
            unknown_argument(attr, name, arg, meant, &Decide::WORDS, diagnostics);
        }
    }
}

/// `|e| match e { … => fail, … => skip, … => reject }`
fn decide(closure: &ExprClosure, arg: &Expr, diagnostics: &mut Diagnostics) -> Option<Decide> {
    let summary = "on_error(|e| if e.is_transient() { skip } else { fail })";
    let expected = Expected { name: "on_error", params: 1, form: FormOf::Sync, may_fail: false, lends: None, summary };
    let func = func::lower(arg, &expected, diagnostics)?;
    let uses = Uses::of_function(&func);
    let mut words: Vec<Ident> = Vec::new();
    let mut called: Vec<Ident> = Vec::new();
    find_words(closure.body.to_token_stream(), &mut |word, is_called| {
        if uses.contains(&word) {
            if is_called {
                called.push(word.clone());
            }
            if !words.contains(&word) {
                words.push(word);
            }
        }
    });
    for call in &called {
        diagnostics.error(call, format_args!("`{call}` is a word here, and no function\nhelp: `{call}` alone"));
    }
    if words.is_empty() {
        let message = "no path of this closure ends in `fail`, `skip` or `reject`\n\
            help: such as `|e| match e { … => skip, _ => fail }`";
        diagnostics.error(&closure.inputs_begin, message);
    }
    Some(Decide { func, words, called })
}

/// Shows each word among the tokens, and whether it is called.
fn find_words(tokens: TokenStream, found: &mut impl FnMut(Ident, bool)) {
    let mut tokens = tokens.into_iter().peekable();
    let mut is_part = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ref word) if !is_part && Decide::WORDS.iter().any(|known| word == known) => {
                let called = matches!(tokens.peek(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
                found(word.clone(), called);
            }
            TokenTree::Group(ref group) => find_words(group.stream(), found),
            _ => {}
        }
        is_part = matches!(token, TokenTree::Punct(ref punct) if matches!(punct.as_char(), '.' | ':'));
    }
}
