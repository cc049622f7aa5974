//! Token stream in, diagnostics or resolved graph out.

mod accepted;
mod attributes;
mod cfg;
mod completion;
mod entrance;
mod expansion;
mod inline;
mod language_page;
mod lints;
mod messages_page;
mod mutation;
mod names_and_edges;
mod one_pass;
mod open_pipelines;
mod operators;
mod page;
pub(crate) mod random;
mod rates;
mod recursion;
mod syntax_errors;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::{
    check,
    diagnostics::Diagnostics,
    expand,
    graph::{
        Arg, Drops, EdgeKind, End, Func, FuncBody, Graph, Head, JoinKind, OnError, Setting, SharedFrom, StatementKind,
    },
    resolve, syntax,
};

/// The front end over the text of a pipeline.
fn front(text: &str) -> Result<Graph, Vec<String>> {
    front_errors(text).map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

/// Likewise, with the places.
fn front_errors(text: &str) -> Result<Graph, Vec<syn::Error>> {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error}: {text}"));
    let mut diagnostics = Diagnostics::default();
    let pipeline = syntax::parse(quote!((::runtime) #tokens), &mut diagnostics);
    if matches!(pipeline.form, syntax::Form::Unreadable) {
        return Err(diagnostics.into_errors());
    }
    let graph = resolve::resolve(&pipeline, &mut diagnostics);
    check::check(&graph, &mut diagnostics);
    match diagnostics.into_errors() {
        errors if errors.is_empty() => Ok(graph),
        errors => Err(errors),
    }
}

fn graph(text: &str) -> Graph {
    front(text).unwrap_or_else(|messages| panic!("{text}\n{}", messages.join("\n")))
}

/// Each case: a pipeline, and the facts and helps expected of it, in order; each of which the page of messages has.
fn rejects(cases: &[(&str, &[&str])]) {
    let (mut wrong, mut seen) = (Vec::new(), Vec::new());
    for (text, expected) in cases {
        let found = front(text).err().unwrap_or_default();
        seen.extend_from_slice(&found);
        if found != *expected {
            wrong.push(format!("{text}\n  expected: {expected:#?}\n  found: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
    messages_page::has_entries(&seen);
}

/// A pipeline around one chain; what it reads may fail.
fn sink(chain: &str) -> String {
    format!("source a = x; sink s = a{chain};")
}

fn rejects_sinks(cases: &[(&str, &[&str])]) {
    let texts: Vec<String> = cases.iter().map(|(chain, _)| sink(chain)).collect();
    let cases: Vec<(&str, &[&str])> = texts.iter().map(String::as_str).zip(cases.iter().map(|case| case.1)).collect();
    rejects(&cases);
}

fn text(tokens: impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

fn names(graph: &Graph) -> Vec<String> {
    graph.statements.iter().map(|statement| statement.name.to_string()).collect()
}

/// `from -> to: name kind` for each edge.
fn edges(graph: &Graph) -> Vec<String> {
    let statement = |id: usize| &graph.statements[id].name;
    let edges = graph.edges.iter();
    edges
        .map(|edge| format!("{} -> {}: {} {:?}", statement(edge.from), statement(edge.to), edge.name, edge.kind))
        .collect()
}

fn first_func(graph: &Graph) -> &Func {
    let mut ops = graph.statements.iter().flat_map(|statement| statement.all_ops());
    ops.find_map(|op| op.function()).expect("a function")
}
