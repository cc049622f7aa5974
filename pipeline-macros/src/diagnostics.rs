//! Collects errors and warnings, and words them.
//!
//! Wording: lower case, no full stop, names in backticks, the fact first, the fix on a `help:` line of its own.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Error};

/// The mistakes found so far. In tests it panics if it is dropped unread.
#[derive(Default)]
pub(crate) struct Diagnostics {
    errors: Vec<Error>,
    warnings: Vec<Warning>,
    #[cfg(test)]
    read: bool,
}

/// Something that the build says and goes on.
pub(crate) struct Warning {
    /// The lint.
    pub(crate) name: &'static str,
    pub(crate) span: Span,
    pub(crate) message: String,
    /// The lint attributes of rustc that hold there.
    pub(crate) attrs: Vec<Attribute>,
}

impl Diagnostics {
    /// Whether anything was reported so far.
    pub(crate) fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// How many errors were reported so far.
    pub(crate) fn count(&self) -> usize {
        self.errors.len()
    }

    /// Takes back all errors but the first `count`.
    pub(crate) fn truncate(&mut self, count: usize) {
        self.errors.truncate(count);
    }

    pub(crate) fn push(&mut self, error: Error) {
        self.errors.push(error);
    }

    /// Reports a mistake at `tokens`.
    pub(crate) fn error(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(Error::new_spanned(tokens, message));
    }

    /// Reports a conflict at both places: the mistake, and what it collides with.
    pub(crate) fn conflict(
        &mut self,
        tokens: impl ToTokens,
        message: impl Display,
        other: impl ToTokens,
        other_message: impl Display,
    ) {
        let mut error = Error::new_spanned(tokens, message);
        error.combine(Error::new_spanned(other, other_message));
        self.push(error);
    }

    /// Reports what does not stop the build.
    pub(crate) fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }

    /// Keeps the value of a result and reports its error.
    pub(crate) fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Everything reported, as `compile_error!` calls that may stand as statements or items.
    pub(crate) fn into_compile_errors(mut self) -> TokenStream {
        self.take().iter().map(Error::to_compile_error).collect()
    }

    /// Says that no error was reported and none will be; gives the warnings.
    pub(crate) fn finish(mut self) -> Vec<Warning> {
        self.take();
        std::mem::take(&mut self.warnings)
    }

    /// All errors, in the order of their places.
    fn take(&mut self) -> Vec<Error> {
        #[cfg(test)]
        {
            self.read = true;
        }
        let mut errors = std::mem::take(&mut self.errors);
        errors.sort_by_key(|error| {
            let start = error.span().start();
            (start.line, start.column)
        });
        errors
    }

    /// Everything reported, as text.
    #[cfg(test)]
    pub(crate) fn into_messages(self) -> Vec<String> {
        self.into_errors().iter().map(Error::to_string).collect()
    }

    /// Everything reported, the two places of a conflict one after the other.
    #[cfg(test)]
    pub(crate) fn into_errors(mut self) -> Vec<Error> {
        self.take().into_iter().flatten().collect()
    }
}

#[cfg(test)]
impl Drop for Diagnostics {
    fn drop(&mut self) {
        assert!(self.read || std::thread::panicking(), "diagnostics were dropped unread");
    }
}

/// `` `a`, `b` or `c` ``
pub(crate) fn one_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} or {last}", init.join(", ")),
    }
}

/// The `help:` line for an unknown name: the nearest valid one, or else the valid set.
pub(crate) fn suggest(name: &str, valid: &[&str]) -> String {
    match closest(name, valid.iter().copied()) {
        Some(near) => format!("\nhelp: did you mean `{near}`?"),
        None => format!("\nhelp: expected {}", one_of(valid)),
    }
}

/// The candidate that `name` was probably meant to be, by edit distance; the first of several. Case and underscores
/// count for nothing.
pub(crate) fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (name.chars().count() / 3).max(1);
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| match plain(name) == plain(candidate) {
            true => (0, candidate),
            false => (distance(name, candidate), candidate),
        })
        .filter(|&(distance, candidate)| distance <= allowed && distance < candidate.chars().count())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Edit distance in which swapping two neighbours counts as one edit.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // rows[i][j]: the distance of the first i chars of a and the first j of b
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let changed = usize::from(a[i - 1] != b[j - 1]);
                let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + changed);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[a.len()][b.len()]
}
