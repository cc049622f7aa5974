//! Rules about open pipelines: their ends, and `via`.

use quote::ToTokens;

use super::has_question;
use crate::{
    diagnostics::Diagnostics,
    graph::{Arg, Graph, Head, Statement},
};

pub(super) fn check(graph: &Graph, diagnostics: &mut Diagnostics) {
    several_ends(graph, diagnostics);
    open_tail(graph, diagnostics);
    for statement in &graph.statements {
        if statement.via().is_some() {
            via_argument(statement, diagnostics);
            via_rejects(graph, statement, diagnostics);
            via_input(graph, statement, diagnostics);
        }
    }
}

/// A fragment has one way in and one way out.
fn several_ends(graph: &Graph, diagnostics: &mut Diagnostics) {
    let inputs: Vec<&Statement> =
        graph.statements.iter().filter(|statement| matches!(statement.head, Head::Input)).collect();
    one_of(&inputs, "`input`", "let the items be an `enum`, and `route` them", diagnostics);
    let outputs: Vec<&Statement> = graph.statements.iter().filter(|statement| statement.is_output()).collect();
    let streams: Option<Vec<String>> = outputs
        .iter()
        .map(|statement| match &statement.head {
            Head::Edge { edge, question: None } => Some(graph.edges[*edge].name.to_string()),
            _ => None,
        })
        .collect();
    let streams = streams.unwrap_or_else(|| vec!["a".to_owned(), "b".to_owned()]);
    let help = format!("join the streams: `sink all = merge({}).output();`", streams.join(", "));
    one_of(&outputs, "`output()`", &help, diagnostics);
}

fn one_of(ends: &[&Statement], word: &str, help: &str, diagnostics: &mut Diagnostics) {
    let [first, others @ ..] = ends else { return };
    for second in others {
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

/// A fragment is a value: what a closure does, an operator does.
fn via_argument(statement: &Statement, diagnostics: &mut Diagnostics) {
    if let Some(op) = statement.via().filter(|op| op.is_unread())
        && let Some(Arg::Value(closure)) = op.args.first()
    {
        let message = "`via` takes a fragment, found a closure\n\
            help: `via(clean())`, with `clean` a pipeline of `input` and `output()`; for a closure write `map(|x| …)`";
        diagnostics.error(closure, message);
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
