//! Streams that are named where none can be read: in the expression of a source, and in the tail.

use syn::{Expr, ExprCall, ExprMethodCall, Ident};

use super::streams::Streams;
use crate::{
    diagnostics::Diagnostics,
    graph::StatementId,
    syntax::{Body, Statement, Target},
    text,
};

/// What was reported: it means nothing to Rust.
#[derive(Default)]
pub(super) struct Strays {
    /// Sources whose expression reads a stream.
    pub(super) sources: Vec<StatementId>,
    /// The tail reads one.
    pub(super) tail: bool,
}

/// Reports each stream without a reader that a source or the tail begins with: it was meant to be read there.
///
/// A name that is read elsewhere too may well be that of a variable.
pub(super) fn report(
    written: &[&Statement],
    tail: Option<&Expr>,
    streams: &mut Streams,
    diagnostics: &mut Diagnostics,
) -> Strays {
    let mut strays = Strays::default();
    for (id, statement) in written.iter().enumerate() {
        if let (Body::Expr(expr), Target::One(target)) = (&statement.body, &statement.target)
            && let Some(name) = first_unread(expr, streams).filter(|name| **name != target.ident)
        {
            let message = format!(
                "`{name}` is a stream, and a `source` reads none\n\
                 help: `stage {} = {};`",
                target.ident,
                text::tokens(&**expr)
            );
            diagnostics.error(&statement.keyword, message);
            streams.leave_out(expr);
            strays.sources.push(id);
        }
    }
    if let Some(tail) = tail
        && let Some(name) = first_unread(tail, streams)
    {
        let message = format!(
            "`{name}` is a stream, and the tail reads none\n\
             help: read it in a statement: `sink total = {};`",
            text::tokens(tail)
        );
        diagnostics.error(name, message);
        streams.leave_out(tail);
        strays.tail = true;
    }
    strays
}

/// The stream that an expression would read if it were a flow, if nobody else does.
fn first_unread<'a>(expr: &'a Expr, streams: &Streams) -> Option<&'a Ident> {
    match expr {
        Expr::Path(path) => path.path.get_ident().filter(|name| streams.is_unread(name)),
        Expr::MethodCall(ExprMethodCall { receiver, .. }) => first_unread(receiver, streams),
        Expr::Try(inner) => first_unread(&inner.expr, streams),
        Expr::Await(inner) => first_unread(&inner.base, streams),
        Expr::Paren(inner) => first_unread(&inner.expr, streams),
        Expr::Group(inner) => first_unread(&inner.expr, streams),
        Expr::Reference(inner) => first_unread(&inner.expr, streams),
        Expr::Call(ExprCall { func, args, .. }) => match &**func {
            Expr::Path(path) if ["merge", "zip", "concat"].iter().any(|join| path.path.is_ident(join)) => {
                args.iter().find_map(|arg| first_unread(arg, streams))
            }
            _ => None,
        },
        _ => None,
    }
}
