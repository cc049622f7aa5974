//! Rules about `retry` on a source: there must be something that it sees fail.

use crate::{
    diagnostics::Diagnostics,
    graph::{Graph, Head, Statement},
    resolve::own,
};

pub(super) fn check(graph: &Graph, diagnostics: &mut Diagnostics) {
    for statement in &graph.statements {
        if statement.is_retried_source() && !statement.tainted {
            retry_past_errors(graph, statement, diagnostics);
            retry_without_failure(graph, statement, diagnostics);
        }
    }
}

/// Items that are `Err` and that end the run without the source having seen them.
fn retry_past_errors(graph: &Graph, source: &Statement, diagnostics: &mut Diagnostics) {
    let Some((reader, question)) = graph.fails_at_err_of(source) else { return };
    let name = &source.name;
    let message = match (&source.head, &reader.head) {
        (Head::Generator(_), _) => "`retry` does not see an `Err` that a generator sends, and here it ends the run\n\
            help: use `?` in the generator, `out.send(x?)`, and no `?` here"
            .to_owned(),
        (_, Head::Join { keyword, .. }) => format!(
            "`retry` does not see an `Err` of `{name}` behind a `{keyword}`, and here it ends the run\n\
             help: read `{name}?` in a stage of its own, and no `?` here: `stage {name}_only = {name}?;`"
        ),
        _ => return,
    };
    let Some(retry) = source.attrs.written("retry") else { return };
    diagnostics.conflict(question, message, retry, "`retry` is given here");
}

/// Nothing can fail that it sees.
fn retry_without_failure(graph: &Graph, source: &Statement, diagnostics: &mut Diagnostics) {
    let (may_fail, help) = match &source.head {
        Head::Source(expr) => (own::may_leave(expr), format!("use `?` in the expression, read `{}?`", source.name)),
        Head::Generator(func) => (func.fallible, "use `?` in the generator".to_owned()),
        Head::Input | Head::Edge { .. } | Head::Join { .. } => return,
    };
    let Some(retry) = source.attrs.written("retry") else { return };
    if !may_fail && graph.fails_at_err_of(source).is_none() {
        let message = format!(
            "nothing can fail that `retry` could see, so `{}` is never made again\n\
             help: {help}, or remove `retry`",
            source.name
        );
        diagnostics.error(retry, message);
    }
}
