//! Names to graph.
//!
//! A mistake is reported where it is found and something stands in its place, so that one pass finds them all; a
//! graph with stand-ins is checked but never emitted.

mod attribute;
mod bodies;
mod branches;
mod chain;
mod func;
mod head;
mod lints;
mod op;
mod options;
mod order;
pub(crate) mod own;
mod place;
mod policies;
mod ports;
mod setting;
mod strays;
mod streams;
mod unknown;
mod values;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::options::KNOWN as OPTIONS;
pub(crate) use self::own::waits;
#[cfg(test)]
pub(crate) use self::policies::KNOWN as POLICIES;

use syn::{AttrStyle, Attribute, Ident, Lifetime, Type, ext::IdentExt, visit::Visit};

use self::{
    chain::Chain,
    place::Place,
    streams::{Gaps, Streams},
};
use crate::{
    diagnostics::Diagnostics,
    graph::{
        EdgeId, EdgeKind, End, Function, Graph, Head, OnError, Policies, Setting, Statement, StatementId, StatementKind,
    },
    ops::OpKind,
    plan,
    syntax::{self, Body, Else, Form, Header, Input, Item, Pipeline, Returned, Target},
    text,
};

/// Resolves the names of a pipeline.
pub(crate) fn resolve(pipeline: &Pipeline, diagnostics: &mut Diagnostics) -> Graph {
    let function = function(pipeline, diagnostics);
    let returned = match &pipeline.form {
        Form::Function(header) => Some(header.output.as_ref().and_then(Returned::of)),
        Form::Block | Form::Unreadable => None,
    };
    let mut options = options::lower(&pipeline.options, returned, diagnostics);
    options.unread_lints |= pipeline.has_cut_option;
    for attr in &pipeline.late_options {
        unknown::late(attr, diagnostics);
    }
    let error = match &function {
        Some(function) => Returned::of(&function.output).and_then(|returned| returned.error().cloned()),
        None => syntax::error_type(&pipeline.options),
    };
    let lets = values::lets(pipeline, diagnostics);
    let shared = values::shared(pipeline, diagnostics);

    let written: Vec<&syntax::Statement> = pipeline.items.iter().filter_map(as_statement).collect();
    if written.is_empty() && pipeline.unread.is_empty() {
        report_empty(pipeline, diagnostics);
    }
    let names = shared.iter().map(|shared| shared.name.unraw().to_string()).collect();
    let has_source = written.iter().any(|statement| statement.keyword == "source");
    let mut streams = Streams::new(names, has_source, gaps(pipeline, &written));
    let drafts: Vec<Draft> = written
        .iter()
        .enumerate()
        .map(|(id, statement)| Draft::new(statement, id, &mut streams, diagnostics))
        .collect();
    let (mut statements, ended) = statements(drafts, &written, &mut streams, diagnostics);
    let strays = strays::report(&written, pipeline.tail.as_ref(), &mut streams, diagnostics);
    for &id in &strays.sources {
        statements[id].head = Head::Source(Box::new(syntax::missing()));
    }
    let has_sink = ended || statements.iter().any(|statement| statement.kind == StatementKind::Sink);
    streams.report_unread(has_sink, diagnostics);

    let (statements, sinks, edges) = in_order(statements, streams, diagnostics);
    let tail = pipeline.tail.clone().filter(|_| !strays.tail);
    let mut graph = Graph { function, error, options, lets, shared, statements, edges, sinks, tail };
    if graph.options.inline {
        inline_all(&mut graph);
    }
    graph
}

/// `#![inline]`: all that can run inside their producers' tasks do.
fn inline_all(graph: &mut Graph) {
    for id in 0..graph.statements.len() {
        if plan::obstacle(graph, id).is_none() {
            graph.statements[id].attrs.inline = true;
        }
    }
}

/// The statements, with the output of an open pipeline apart, and whether one of them ends a stream and is no sink.
fn statements(
    drafts: Vec<Draft>,
    written: &[&syntax::Statement],
    streams: &mut Streams,
    diagnostics: &mut Diagnostics,
) -> (Vec<Statement>, bool) {
    let is_input = |id: StatementId| match written.get(id).map(|statement| &statement.body) {
        Some(Body::Expr(expr)) => syntax::is_input(expr),
        _ => false,
    };
    let readings = readings(written);
    let count = drafts.len();
    let (mut statements, mut outputs) = (Vec::with_capacity(count), Vec::new());
    let mut ended = false;
    for (id, draft) in drafts.into_iter().enumerate() {
        let buffer = draft.buffer.clone();
        let (mut statement, ends_wrongly) = draft.resolve(id, &readings, streams, diagnostics);
        ended |= ends_wrongly;
        // The end takes the edge itself, which must be one that a stage makes, and of the usual kind.
        let needs_task = match &statement.head {
            Head::Edge { edge, .. } => is_input(streams.producer(*edge)) || streams.is_lossy(*edge),
            _ => false,
        };
        let next = count + outputs.len();
        outputs.extend(ports::split(&mut statement, id, next, buffer.as_ref(), needs_task, streams));
        statements.push(statement);
    }
    statements.extend(outputs);
    (statements, ended)
}

/// The first place where each name is read.
fn readings<'a>(written: &[&'a syntax::Statement]) -> BTreeMap<String, &'a Ident> {
    let mut readings = BTreeMap::new();
    for statement in written {
        if let Body::Flow(flow) = &statement.body {
            for name in flow.input.names() {
                readings.entry(name.unraw().to_string()).or_insert(name);
            }
        }
    }
    readings
}

/// Where something could not be read.
fn gaps(pipeline: &Pipeline, written: &[&syntax::Statement]) -> Gaps {
    let is_cut = |statement: &&&syntax::Statement| matches!(&statement.body, Body::Flow(flow) if matches!(flow.input, Input::Unread));
    let mut gaps = Gaps {
        names: BTreeSet::new(),
        inputs: written.iter().any(|statement| is_cut(&statement)),
        targets: written
            .iter()
            .any(|statement| matches!(statement.target, Target::Unread) || matches!(statement.or_else, Else::Unread)),
        statements: !pipeline.unread.is_empty(),
    };
    gaps.leave_out(pipeline.unread.clone());
    gaps
}

fn as_statement(item: &Item) -> Option<&syntax::Statement> {
    match item {
        Item::Statement(statement) => Some(statement),
        _ => None,
    }
}

/// What the `fn` form adds; reports a return type that is no `Pipeline`.
fn function(pipeline: &Pipeline, diagnostics: &mut Diagnostics) -> Option<Function> {
    let Form::Function(header) = &pipeline.form else { return None };
    let Some(output) = &header.output else {
        let message = "a pipeline's `fn` needs a return type\nhelp: `-> Pipeline<Output, Error>`";
        diagnostics.error(&header.name, message);
        return None;
    };
    match (Returned::of(output), pipeline.is_open()) {
        (Some(Returned::Pipeline { .. }), false) | (Some(Returned::Flow { .. }), true) => {}
        _ if header.cut => {}
        (None, false) => {
            let message = format!(
                "a pipeline's `fn` returns `Pipeline<Output>` or `Pipeline<Output, Error>`\n\
                 help: `-> {}`",
                as_pipeline(output)
            );
            diagnostics.error(output, message);
        }
        (_, true) => diagnostics.error(
            output,
            "with `input` or `output()` a pipeline's `fn` returns `Flow<Input, Output>` or \
             `Flow<Input, Output, Error>`\n\
             help: without one of the two it is `Infallible`",
        ),
        // Its `input` or `output()` may be in what could not be read.
        (Some(Returned::Flow { .. }), false) if pipeline.is_cut() => {}
        (Some(Returned::Flow { .. }), false) => diagnostics.error(
            output,
            "a pipeline without `input` and `output()` is no fragment\n\
             help: return `Pipeline<Output, Error>`, or write `source items = input;`",
        ),
    }
    borrowed_value(header, output, diagnostics);
    for attr in &header.attrs {
        misplaced_on_function(attr, diagnostics);
    }
    // comments inside the braces belong to the function too
    let comments = pipeline.options.iter().filter(|attr| attr.path().is_ident("doc"));
    let comments = comments.map(|attr| Attribute { style: AttrStyle::Outer, ..attr.clone() });
    Some(Function {
        attrs: header.attrs.iter().cloned().chain(comments).collect(),
        vis: header.vis.clone(),
        name: header.name.clone(),
        generics: header.generics.clone(),
        inputs: header.inputs.clone(),
        output: output.clone(),
    })
}

/// Whether an attribute above the `fn` is one of what belongs inside its braces.
pub(crate) fn belongs_inside(attr: &Attribute) -> bool {
    unknown::belongs_inside(attr)
}

/// What belongs inside the braces and stands above the `fn`.
fn misplaced_on_function(attr: &Attribute, diagnostics: &mut Diagnostics) {
    let level = attr.path().get_ident().filter(|name| lints::LEVELS.iter().any(|level| *name == level));
    match level {
        Some(level) => lints::misplaced(attr, level, diagnostics),
        None => unknown::on_function(attr, diagnostics),
    }
}

/// The pipeline that gives what a function was said to return: `Result<T, E>` is `Pipeline<T, E>`.
fn as_pipeline(output: &Type) -> String {
    let written = text::tokens(output);
    match written.strip_prefix("Result<") {
        _ if written == "Pipeline" || written.contains("Pipeline<") || written.starts_with("impl ") => {
            "Pipeline<Output, Error>".to_owned()
        }
        Some(types) => format!("Pipeline<{types}"),
        None => format!("Pipeline<{written}>"),
    }
}

/// A pipeline outlives whatever its function is lent: a `let` may read it, what comes out cannot hold it.
fn borrowed_value(header: &Header, output: &Type, diagnostics: &mut Diagnostics) {
    struct Mentioned(Vec<Lifetime>);
    impl<'ast> Visit<'ast> for Mentioned {
        fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
            self.0.push(lifetime.clone());
        }
    }
    let mut mentioned = Mentioned(Vec::new());
    mentioned.visit_type(output);
    let declared = |lifetime: &&Lifetime| header.generics.lifetimes().any(|param| param.lifetime == **lifetime);
    if let Some(lifetime) = mentioned.0.iter().find(declared) {
        let message = format!(
            "a pipeline is `'static` and cannot hold anything that borrows for `{lifetime}`\n\
             help: own it, or share it in an `Arc`"
        );
        diagnostics.error(lifetime, message);
    }
}

fn report_empty(pipeline: &Pipeline, diagnostics: &mut Diagnostics) {
    let message =
        "the pipeline is empty\nhelp: it needs a source and a sink: `source items = 0..3; sink total = items.count();`";
    match &pipeline.form {
        Form::Function(header) => diagnostics.error(&header.name, message),
        _ => diagnostics.error(&pipeline.text, message),
    }
}

/// A statement whose outputs are defined and whose inputs are not resolved yet.
struct Draft<'a> {
    written: &'a syntax::Statement,
    kind: StatementKind,
    name: Ident,
    policies: Policies,
    outputs: Vec<EdgeId>,
    rejects: Option<EdgeId>,
    buffer: Option<Setting>,
}

impl<'a> Draft<'a> {
    fn new(
        written: &'a syntax::Statement,
        id: StatementId,
        streams: &mut Streams,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let kind = match written.keyword.to_string().as_str() {
            "source" => StatementKind::Source,
            "sink" => StatementKind::Sink,
            _ => StatementKind::Stage,
        };
        let place = Place::new(written);
        let (mut policies, buffer) = policies::lower(&written.attrs, &place, diagnostics);
        let targets = match &written.target {
            Target::One(name) => std::slice::from_ref(name),
            Target::Many(names) => names.as_slice(),
            Target::Unread => &[],
        };
        let mut outputs = Vec::new();
        for (at, target) in targets.iter().enumerate() {
            let lossy = policies::branch::lower(&target.attrs, &target.ident, &place, diagnostics);
            let edge_kind = match written.target {
                Target::One(_) => EdgeKind::Main,
                Target::Many(..) | Target::Unread => EdgeKind::Branch(at),
            };
            match kind {
                StatementKind::Sink => {
                    let ends = match &written.body {
                        Body::Flow(flow) => chain::ends_stream(flow),
                        Body::Expr(_) => true,
                    };
                    streams.define_sink(&target.ident, ends, diagnostics);
                }
                _ => {
                    let ty = target.ty.as_ref();
                    let edge = streams.define(&target.ident, ty, id, edge_kind, buffer.as_ref(), diagnostics);
                    streams.set_lossy(edge, lossy);
                    outputs.push(edge);
                }
            }
        }
        let rejects = match &written.or_else {
            Else::Name(name) => Some(streams.define(name, None, id, EdgeKind::Rejects, None, diagnostics)),
            Else::None | Else::Unread => None,
        };
        if rejects.is_some() && policies.written("on_error").is_none() {
            policies.on_error = OnError::Reject;
        }
        let name = streams::sayable(targets.first().map_or(&written.keyword, |target| &target.ident));
        Draft { written, kind, name, policies, outputs, rejects, buffer }
    }

    /// The statement, and whether it ends its stream although it is no sink.
    fn resolve(
        self,
        id: StatementId,
        readings: &BTreeMap<String, &Ident>,
        streams: &mut Streams,
        diagnostics: &mut Diagnostics,
    ) -> (Statement, bool) {
        let (head, chain) = match &self.written.body {
            Body::Expr(expr) => (head::of_source(expr, &self.policies, diagnostics), Chain::default()),
            Body::Flow(flow) => {
                let head = head::of_flow(flow, &self.name, id, streams, diagnostics);
                let read = readings.get(&self.name.unraw().to_string()).copied();
                let place = chain::Place { statement: self.written, kind: self.kind, name: &self.name, read };
                let chain = chain::lower(flow, &place, streams, diagnostics);
                (head, chain)
            }
        };
        if chain.ends_wrongly {
            self.outputs.iter().for_each(|&edge| streams.excuse_edge(edge));
        }
        let end = match (chain.last, self.outputs.first()) {
            (Some(op), None) => End::Terminal(op),
            (Some(op), Some(_)) if op.spec.kind == OpKind::Tee => End::Tee(self.outputs, op.name),
            (Some(op), Some(_)) => End::Route(self.outputs, op),
            (None, Some(&edge)) => End::Edge(edge),
            (None, None) => End::Edge(streams.stand_in(&self.name, id)),
        };
        let ty = self.written.target.ty().cloned();
        let statement = Statement {
            kind: self.kind,
            name: self.name,
            ty,
            attrs: self.policies,
            head,
            ops: chain.ops,
            end,
            rejects: self.rejects,
            tainted: chain.tainted || self.written.cut,
        };
        (statement, chain.ends_wrongly)
    }
}

/// Puts the statements into topological order and renames them in the edges.
fn in_order(
    statements: Vec<Statement>,
    streams: Streams,
    diagnostics: &mut Diagnostics,
) -> (Vec<Statement>, Vec<StatementId>, Vec<crate::graph::Edge>) {
    let names: Vec<&Ident> = statements.iter().map(|statement| &statement.name).collect();
    let (order, cycles) = order::sort(statements.len(), &streams.links());
    for cycle in &cycles {
        order::report(cycle, &names, &streams, diagnostics);
    }
    streams.report_read_twice(&cycles, diagnostics);
    let mut place = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    let is_sink = |id: &StatementId| statements[*id].kind == StatementKind::Sink;
    let sinks = (0..statements.len()).filter(is_sink).map(|old| place[old]).collect();
    let mut edges = streams.into_edges();
    for edge in &mut edges {
        edge.from = place[edge.from];
        edge.to = place[edge.to];
    }
    let mut placed: Vec<(StatementId, Statement)> = place.into_iter().zip(statements).collect();
    placed.sort_by_key(|(new, _)| *new);
    (placed.into_iter().map(|(_, statement)| statement).collect(), sinks, edges)
}
