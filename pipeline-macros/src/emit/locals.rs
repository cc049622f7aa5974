//! What a loop's locals and labels are called: plainly where the statement has the loop, and by the statement's name where
//! it runs inside another one's.

use proc_macro2::{Ident, Span};
use syn::Lifetime;
use syn::ext::IdentExt;

use super::names;
use crate::graph::{End, Graph, Statement};

/// The names of one statement in its loop.
#[derive(Clone, Copy)]
pub(crate) struct Locals<'a> {
    statement: &'a Statement,
    is_guest: bool,
}

impl<'a> Locals<'a> {
    pub(crate) fn new(statement: &'a Statement, is_guest: bool) -> Self {
        Self { statement, is_guest }
    }

    fn local(&self, name: &str) -> Ident {
        if self.is_guest { names::part(self.statement, name) } else { names::local(name) }
    }

    /// The account.
    pub(crate) fn task(&self) -> Ident {
        self.local("task")
    }

    /// The states that last from item to item.
    pub(crate) fn states(&self) -> Ident {
        self.local("states")
    }

    /// Set once an operator has ended the stage.
    pub(crate) fn ending(&self) -> Ident {
        self.local("ending")
    }

    /// Set once an operator behind the one at `opener`, which makes several of one, has ended the stage.
    pub(crate) fn ending_behind(&self, opener: usize) -> Ident {
        self.local(&format!("ending_behind_{opener}"))
    }

    /// The one output, or all branches of a `tee`.
    pub(crate) fn out(&self, graph: &Graph) -> Ident {
        match &self.statement.end {
            End::Edge(edge) if self.is_guest => names::output(&graph.edges[*edge]),
            End::Tee(edges, _) if self.is_guest => {
                edges.first().map_or_else(|| names::local("out"), |edge| names::output(&graph.edges[*edge]))
            }
            _ => names::local("out"),
        }
    }

    /// The output of rejected items.
    pub(crate) fn rejects(&self, graph: &Graph) -> Ident {
        match self.statement.rejects {
            Some(edge) if self.is_guest => names::output(&graph.edges[edge]),
            _ => names::local("rejects"),
        }
    }

    /// The block around an item: the input's, or the one that the operator at `opener` makes.
    pub(crate) fn label(&self, opener: Option<usize>) -> Lifetime {
        let name = opener.map_or("item".to_owned(), |index| format!("part_{index}"));
        let name = if self.is_guest { format!("{name}_of_{}", self.statement.name.unraw()) } else { name };
        Lifetime::new(&format!("'{name}"), Span::call_site())
    }
}
