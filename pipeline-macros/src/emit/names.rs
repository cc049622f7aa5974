//! Names of generated locals: readable in an expansion, and out of users' reach by their hygiene, which is that of the
//! macro's shell.
//!
//! Among themselves they differ whatever the streams are called: a name with a stream's in it begins with what it is of
//! that stream and `_of_`, and nothing that it may be has an `_of_` of its own.

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::ext::IdentExt;

use crate::graph::{Edge, Statement};

/// The place of a user's token with the hygiene of generated code: an error points there, a name does not leak there.
pub(crate) fn at(span: Span) -> Span {
    span.resolved_at(Span::call_site())
}

/// Whether a user's name is always that of a binding, and never of a constant.
pub(crate) fn is_plain(name: &Ident) -> bool {
    !name.to_string().contains(char::is_uppercase)
}

/// A local of generated code.
pub(crate) fn local(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn of(name: &Ident, part: &str) -> Ident {
    format_ident!("{}_of_{}", part, name.unraw(), span = Span::call_site())
}

/// The type of an edge's items.
pub(crate) fn items(edge: &Edge) -> Ident {
    items_of(&edge.name)
}

/// The type of a stream's items.
pub(crate) fn items_of(stream: &Ident) -> Ident {
    of(stream, "items")
}

/// An edge's sender.
pub(crate) fn tx(edge: &Edge) -> Ident {
    of(&edge.name, "tx")
}

/// An edge's receiver.
pub(crate) fn rx(edge: &Edge) -> Ident {
    of(&edge.name, "rx")
}

/// The output of an edge that is told from others by its name.
pub(crate) fn output(edge: &Edge) -> Ident {
    of(&edge.name, "output")
}

/// A policy's evaluated setting.
pub(crate) fn setting(statement: &Statement, policy: &str) -> Ident {
    of(&statement.name, policy)
}

/// Something that a statement has one of.
pub(crate) fn part(statement: &Statement, part: &str) -> Ident {
    of(&statement.name, part)
}

/// Something that the operator at `index` has one of; `part` is empty for its function.
pub(crate) fn operator(statement: &Statement, operator: &str, index: usize, part: &str) -> Ident {
    let part = if part.is_empty() { format!("{operator}_{index}") } else { format!("{operator}_{index}_{part}") };
    of(&statement.name, &part)
}
