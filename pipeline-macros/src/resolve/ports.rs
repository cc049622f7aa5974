//! The output of an open pipeline.

use proc_macro2::Span;
use syn::Ident;

use super::streams::Streams;
use crate::graph::{End, Head, OnError, Policies, Setting, Statement, StatementId, StatementKind};

/// Parts `sink out = x.map(f).output();` into a stage `out` and the end itself, which is no task; only where the sink
/// does nothing to a stream that a stage of the pipeline makes, it is the end as it stands.
///
/// An end that `needs_task` reads what it cannot take as it is. `next` is the number of the statement that is given back.
pub(super) fn split(
    statement: &mut Statement,
    id: StatementId,
    next: StatementId,
    buffer: Option<&Setting>,
    needs_task: bool,
    streams: &mut Streams,
) -> Option<Statement> {
    if !statement.is_output() {
        return None;
    }
    let plain = matches!(statement.head, Head::Edge { question: None, .. }) && !needs_task;
    let bare = statement.ops.is_empty() && statement.rejects.is_none() && statement.attrs.written.is_empty();
    if plain && bare {
        return None;
    }
    let edge = streams.connect(&statement.name, statement.ty.as_ref(), id, next, buffer);
    statement.kind = StatementKind::Stage;
    let end = std::mem::replace(&mut statement.end, End::Edge(edge));
    Some(Statement {
        kind: StatementKind::Sink,
        name: Ident::new("output", statement.name.span().resolved_at(Span::call_site())),
        ty: None,
        attrs: Policies { on_error: OnError::Fail, ..Policies::default() },
        head: Head::Edge { edge, question: None },
        ops: Vec::new(),
        end,
        rejects: None,
        tainted: statement.tainted,
    })
}
