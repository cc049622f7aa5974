//! `name = value` among the arguments of an attribute.

use syn::{Attribute, Expr, ExprAssign, Ident};

use crate::{
    diagnostics::{Diagnostics, closest, one_of},
    resolve::{
        attribute,
        setting::{is_duration, ungroup},
    },
    syntax, text,
};

/// An attribute that takes options.
pub(super) struct Options<'a> {
    /// What it is called.
    pub(super) of: &'a Ident,
    /// The options that it has.
    pub(super) known: &'a [&'static str],
    /// Other words for them. Of a word that is there twice the second meaning is that with a duration behind it.
    pub(super) meant: &'a [(&'a str, &'static str)],
}

/// What was given, each option once.
pub(super) struct Given<'a> {
    named: Vec<(&'static str, &'a ExprAssign)>,
    /// What has no name.
    pub(super) others: Vec<&'a Expr>,
}

impl<'a> Given<'a> {
    /// The option of this name.
    pub(super) fn option(&self, name: &str) -> Option<&'a ExprAssign> {
        self.named.iter().find(|(given, _)| *given == name).map(|(_, assign)| *assign)
    }

    /// The value of the option of this name.
    pub(super) fn value(&self, name: &str) -> Option<&'a Expr> {
        self.option(name).map(|assign| &*assign.right)
    }
}

impl Options<'_> {
    /// Sorts arguments, and reports options that are unknown or there already.
    pub(super) fn read<'a>(&self, args: &'a [Expr], diagnostics: &mut Diagnostics) -> Given<'a> {
        let mut given = Given { named: Vec::new(), others: Vec::new() };
        for arg in args.iter().filter(|arg| !is_half(arg)) {
            let Expr::Assign(assign) = arg else {
                given.others.push(arg);
                continue;
            };
            let Some(name) = self.known.iter().find(|name| attribute::is_name(&assign.left, name)) else {
                self.unknown(assign, diagnostics);
                continue;
            };
            match given.option(name) {
                Some(first) => diagnostics.conflict(
                    &assign.left,
                    format_args!("`{name}` is given twice"),
                    &first.left,
                    format_args!("`{name}` is given here first"),
                ),
                None => given.named.push((name, assign)),
            }
        }
        given
    }

    fn unknown(&self, assign: &ExprAssign, diagnostics: &mut Diagnostics) {
        let option = text::tokens(&assign.left);
        let mut meant = self.meant.iter().filter(|(word, _)| *word == option).map(|(_, meant)| *meant);
        let meant = if is_duration(ungroup(&assign.right)) { meant.next_back() } else { meant.next() };
        let help = match meant.or_else(|| closest(&option, self.known.iter().copied())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("expected {}", one_of(self.known)),
        };
        let message = format!("unknown option `{option}` of `{}`\nhelp: {help}", self.of);
        diagnostics.error(&assign.left, message);
    }
}

/// The arguments in the parentheses of an attribute.
pub(super) fn arguments(
    attr: &Attribute,
    name: &Ident,
    example: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Expr>> {
    let list = attribute::list(attr, name, example, diagnostics)?;
    attribute::arguments(attr, name, list, diagnostics)
}

/// Reports an argument without a name; with one, these would be the arguments.
pub(super) fn nameless(attr: &Attribute, name: &Ident, other: &Expr, args: &str, diagnostics: &mut Diagnostics) {
    let help = attribute::text(attr, name, args);
    diagnostics.error(other, format_args!("`{name}` takes what it takes by name\nhelp: {help}"));
}

/// The value of an option that is one of a few words, `all`; `meant` are other words for them.
pub(super) fn word<T: Copy, const N: usize>(
    option: &str,
    value: &Expr,
    (all, name): ([T; N], fn(T) -> &'static str),
    meant: &[(&str, T)],
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let found = all.into_iter().find(|word| attribute::is_name(value, name(*word)));
    if found.is_none() {
        let (given, valid) = (attribute::word(value), all.map(name));
        let meant = meant.iter().find(|(word, _)| *word == given).map(|(_, meant)| name(*meant));
        let help = match meant.or_else(|| closest(&given, valid)) {
            Some(meant) => format!("did you mean `{option} = {meant}`?"),
            None => format!("expected {}", one_of(&valid)),
        };
        let shown = text::tokens(value);
        diagnostics.error(value, format_args!("unknown argument `{shown}` of `{option}`\nhelp: {help}"));
    }
    found
}

/// Whether it, or the name in front of its `=`, is not there.
fn is_half(arg: &Expr) -> bool {
    match arg {
        Expr::Assign(assign) => syntax::is_missing(&assign.left),
        arg => syntax::is_missing(arg),
    }
}
