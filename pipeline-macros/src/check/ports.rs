//! Rules about open pipelines: their ends, and `via`.

use quote::ToTokens;

use super::has_question;
use crate::{
    diagnostics::Diagnostics,
    graph::{Graph, Head, Statement},
};

pub(super) fn check(graph: &Graph, diagnostics: &mut Diagnostics) {
    several_ends(graph, diagnostics);
    open_tail(graph, diagnostics);
    for statement in &graph.statements {
        if matches!(statement.head, Head::Input) {
            input_policies(statement, diagnostics);
        }
        if statement.via().is_some() {
            via_policies(statement, diagnostics);
            via_rejects(graph, statement, diagnostics);
            via_input(graph, statement, diagnostics);
        }
    }
}

/// A fragment has one way in and one way out.
fn several_ends(graph: &Graph, diagnostics: &mut Diagnostics) {
    let inputs = graph.statements.iter().filter(|statement| matches!(statement.head, Head::Input));
    one_of(inputs, "`input`", "let the items be an `enum`, and `route` them", diagnostics);
    let outputs = graph.statements.iter().filter(|statement| statement.is_output());
    one_of(outputs, "`output()`", "join the streams: `merge(a, b)`", diagnostics);
}

fn one_of<'a>(mut ends: impl Iterator<Item = &'a Statement>, word: &str, help: &str, diagnostics: &mut Diagnostics) {
    if let (Some(first), Some(second)) = (ends.next(), ends.next()) {
        diagnostics.conflict(
            &second.name,
            format_args!("a pipeline has one {word}\nhelp: {help}"),
            &first.name,
            format_args!("the first {word} is here"),
        );
    }
}

/// What a fragment gives are the items of its output.
fn open_tail(graph: &Graph, diagnostics: &mut Diagnostics) {
    if let Some(tail) = graph.tail.as_ref().filter(|_| graph.is_open()) {
        let message = "an open pipeline has no tail: what it gives are the items of its `output()`\n\
            help: remove the tail, or the `input` and `output()`";
        diagnostics.error(tail.to_token_stream(), message);
    }
}

/// The edge that items come in by belongs to the pipeline around the fragment.
fn input_policies(statement: &Statement, diagnostics: &mut Diagnostics) {
    for name in &statement.attrs.written {
        let message = format!(
            "`{name}` cannot stand on `input`, which is no task\n\
             help: put it on the stage that reads `{}`",
            statement.name
        );
        diagnostics.error(name, message);
    }
}

/// A fragment's stages have policies of their own.
fn via_policies(statement: &Statement, diagnostics: &mut Diagnostics) {
    for name in statement.attrs.written.iter().filter(|name| **name != "buffer") {
        let message = format!(
            "`{name}` cannot stand on `via`, which is no task\n\
             help: put it on a stage inside the fragment"
        );
        diagnostics.error(name, message);
    }
}

/// What fails in a fragment fails in one of its own stages.
fn via_rejects(graph: &Graph, statement: &Statement, diagnostics: &mut Diagnostics) {
    if let Some(rejects) = statement.rejects {
        let message = "items fail inside the fragment, not in `via`\n\
            help: put the `else` on a stage inside the fragment";
        diagnostics.error(&graph.edges[rejects].name, message);
    }
}

/// The fragment takes the edge itself.
fn via_input(graph: &Graph, statement: &Statement, diagnostics: &mut Diagnostics) {
    let Some(op) = statement.via() else { return };
    let (what, help) = match &statement.head {
        Head::Join { .. } => ("a join", "`stage all = merge(a, b);`"),
        _ if has_question(statement) => ("`?`", "`stage good = items?;`"),
        Head::Edge { edge, .. } if graph.edges[*edge].lossy.is_some() => ("a lossy branch", "`stage items = branch;`"),
        _ => return,
    };
    let message = format!(
        "`via` reads a stream as it is, and {what} stands in front of it\n\
         help: give that a stage of its own: {help}"
    );
    diagnostics.error(&op.name, message);
}
