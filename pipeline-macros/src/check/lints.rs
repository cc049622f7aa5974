//! Lints: what a pipeline may promise of itself, one function per lint. A finding is silent until `#![deny(…)]` or
//! `#![warn(…)]` asks for it, unless it is certain to be a mistake: then it is a warning that `allow` silences.

use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use quote::ToTokens;

use super::{blocking, is_process};
use crate::{
    diagnostics::{Diagnostics, Warning},
    graph::{Edge, Graph, Level, Lint, LintLevel, Lossy, OnError, Setting, Statement},
};

/// A `buffer` of more items than this is large.
const LARGE_BUFFER: u64 = 65_536;

/// A place where a pipeline does not keep a promise.
pub(super) struct Finding<'a> {
    /// The statement that it is in.
    pub(super) statement: Option<&'a Statement>,
    /// The offending tokens; none where something is missing, and has no place.
    pub(super) tokens: Option<TokenStream>,
    /// The fact, and its help.
    pub(super) message: String,
    /// Whether it is said unasked.
    pub(super) certain: bool,
}

pub(super) fn check(graph: &Graph, diagnostics: &mut Diagnostics) {
    if graph.options.unread_lints {
        return;
    }
    for lint in Lint::ALL {
        for finding in findings(lint, graph) {
            report(finding, lint, graph, diagnostics);
        }
    }
}

/// What was asked for last about a lint, above the statement or else for the whole pipeline.
fn asked<'a>(lint: Lint, statement: Option<&'a Statement>, graph: &'a Graph) -> Option<&'a LintLevel> {
    let of_statement = statement.iter().flat_map(|statement| statement.attrs.lints.iter().rev());
    of_statement.chain(graph.options.lints.iter().rev()).find(|level| level.lint == lint)
}

fn findings(lint: Lint, graph: &Graph) -> Vec<Finding<'_>> {
    let each = |find: fn(&Statement) -> Option<Finding<'_>>| graph.statements.iter().filter_map(find).collect();
    match lint {
        Lint::MissingTimeout => each(missing_timeout),
        Lint::SkippedErrors => each(skipped_errors),
        Lint::LossyBranch => lossy_branch(graph),
        Lint::UnorderedOutput => each(unordered_output),
        Lint::LargeBuffer => large_buffer(graph),
        Lint::MissingDrain => missing_drain(graph).into_iter().collect(),
        Lint::BlockingInAsync => graph.statements.iter().flat_map(blocking_in_async).collect(),
    }
}

/// At its place, as what was asked for.
fn report(finding: Finding<'_>, lint: Lint, graph: &Graph, diagnostics: &mut Diagnostics) {
    match asked(lint, finding.statement, graph) {
        Some(asked) if asked.level == Level::Deny => deny(finding, asked, diagnostics),
        Some(asked) if asked.level == Level::Warn => warn(finding, lint, asked.name.span(), diagnostics),
        None if finding.certain => warn(finding, lint, Span::call_site(), diagnostics),
        _ => {}
    }
}

/// Shown with where that was asked for.
fn deny(finding: Finding<'_>, asked: &LintLevel, diagnostics: &mut Diagnostics) {
    let Finding { tokens, message, .. } = finding;
    let reason = asked.reason.as_ref().map(|reason| format!(": {}", reason.value())).unwrap_or_default();
    match tokens {
        Some(tokens) => {
            let place = format!("`{}` is denied here{reason}", asked.lint.name());
            diagnostics.conflict(tokens, message, &asked.name, place);
        }
        None => diagnostics.error(&asked.name, message),
    }
}

/// At `elsewhere` if it has no place.
fn warn(finding: Finding<'_>, lint: Lint, elsewhere: Span, diagnostics: &mut Diagnostics) {
    let Finding { statement, tokens, message, .. } = finding;
    let attrs = statement.iter().flat_map(|statement| &statement.attrs.attrs);
    // what is expected elsewhere in the statement is not to be expected here too
    let levels = attrs.filter(|attr| !attr.path().is_ident("doc") && !attr.path().is_ident("expect"));
    diagnostics.warn(Warning {
        name: lint.name(),
        span: tokens.map_or(elsewhere, last_name),
        message,
        attrs: levels.cloned().collect(),
    });
}

/// A warning points at one name: of a path at its last.
fn last_name(tokens: TokenStream) -> Span {
    let names = tokens.into_iter().filter(|token| matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_)));
    names.last().map_or_else(Span::call_site, |token| token.span())
}

fn at<'a>(statement: &'a Statement, tokens: impl ToTokens, message: String) -> Finding<'a> {
    Finding { statement: Some(statement), tokens: Some(tokens.to_token_stream()), message, certain: false }
}

/// An `async` operator may wait forever. A `process` sees no single items whose time could be taken.
fn missing_timeout(statement: &Statement) -> Option<Finding<'_>> {
    let op = statement.all_ops().find(|op| op.is_async())?;
    if is_process(statement) || statement.attrs.written("timeout").is_some() {
        return None;
    }
    let message = format!(
        "`{}` waits in `{}` without a `timeout`\n\
         help: `#[timeout(30s)]`, or as long as it may take",
        statement.name, op.name
    );
    Some(at(statement, &op.name, message))
}

/// `on_error(skip)`
fn skipped_errors(statement: &Statement) -> Option<Finding<'_>> {
    let attrs = &statement.attrs;
    let name = match attrs.on_error {
        OnError::Skip => attrs.written("on_error"),
        OnError::Decided => attrs.decide.as_ref().and_then(|decide| decide.word("skip")),
        OnError::Fail | OnError::Reject => None,
    }?;
    let message = format!(
        "`{}` skips items that fail\n\
         help: `else rejects` makes them a stream of their own",
        statement.name
    );
    Some(at(statement, name, message))
}

/// `#[lossy(…)]`
fn lossy_branch(graph: &Graph) -> Vec<Finding<'_>> {
    let edges = graph.edges.iter().filter_map(|edge| edge.lossy.as_ref().map(|lossy| (edge, lossy)));
    let finding = |(edge, lossy): (&Edge, &Lossy)| {
        let message = format!(
            "`{name}` drops items when it is full\n\
             help: remove `lossy`: then the other branches wait for `{name}`",
            name = edge.name
        );
        let tokens = Some(lossy.name.to_token_stream());
        Finding { statement: graph.statements.get(edge.from), tokens, message, certain: false }
    };
    edges.map(finding).collect()
}

/// `#[unordered]`
fn unordered_output(statement: &Statement) -> Option<Finding<'_>> {
    let name = statement.attrs.written("unordered")?;
    let message = format!(
        "`{}` may give its items in another order than it takes them\n\
         help: remove `unordered`",
        statement.name
    );
    Some(at(statement, name, message))
}

/// A constant in `#[buffer(n)]` or `#![buffer(n)]`.
fn large_buffer(graph: &Graph) -> Vec<Finding<'_>> {
    let finding = |statement, setting: &Setting| {
        let items = setting.constant().filter(|items| *items > LARGE_BUFFER)?;
        let message = format!(
            "a buffer of {items} items, more than {LARGE_BUFFER}\n\
             help: a stage that is slower for long fills any buffer; a smaller one, or `workers` on that stage"
        );
        let tokens = match setting {
            Setting::Expr(expr) => expr.to_token_stream(),
            _ => {
                let mut literal = Literal::u64_unsuffixed(items);
                literal.set_span(setting.span());
                literal.to_token_stream()
            }
        };
        Some(Finding { statement, tokens: Some(tokens), message, certain: false })
    };
    let of_pipeline = graph.options.buffer.as_ref().and_then(|setting| finding(None, setting));
    // the branches of a statement share its setting
    let of_statements = graph.statements.iter().filter_map(|statement| {
        let setting = statement.outputs().find_map(|edge| graph.edges.get(edge)?.buffer.as_ref())?;
        finding(Some(statement), setting)
    });
    of_pipeline.into_iter().chain(of_statements).collect()
}

/// No `#![drain]`.
fn missing_drain(graph: &Graph) -> Option<Finding<'_>> {
    if graph.options.drain.is_some() {
        return None;
    }
    let message =
        "the pipeline does not say how long a shutdown may take\nhelp: `#![drain(10s)]`, which is the default";
    let tokens = graph.function.as_ref().map(|function| function.name.to_token_stream());
    Some(Finding { statement: None, tokens, message: message.to_owned(), certain: false })
}

/// What blocks an executor's thread, by name.
fn blocking_in_async(statement: &Statement) -> Vec<Finding<'_>> {
    if statement.attrs.blocking.is_some() {
        return Vec::new();
    }
    let finding = |call: blocking::Call| {
        let blocking::Call { tokens, text, instead, certain } = call;
        let help = match statement.all_ops().any(|op| op.is_async()) {
            // these cannot stand under `blocking`
            true => "or a stage of its own under `#[blocking]`",
            false => "or `#[blocking]` above the statement",
        };
        let message = format!("`{text}` blocks a thread that other tasks wait for\nhelp: {instead}, {help}");
        Finding { certain, ..at(statement, tokens, message) }
    };
    blocking::calls(statement).into_iter().map(finding).collect()
}
