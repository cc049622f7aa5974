//! A pipeline reduced to what can keep a task waiting: who gives to whom, in what numbers, over edges of what size.

use super::ratio::{self, Ratio};
use crate::{
    graph::{Edge, EdgeId, EdgeKind, End, Graph, Head, JoinKind, Setting, Statement, StatementId},
    plan::{self, Plan},
};

/// What an edge holds if no `buffer` says otherwise, as in the runtime.
const DEFAULT_BUFFER: u64 = 1024;

#[derive(Clone, Debug, Default)]
pub(super) struct Net {
    /// By statement.
    pub(super) nodes: Vec<Node>,
    /// By edge.
    pub(super) channels: Vec<Channel>,
}

/// A statement.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) intake: Intake,
    /// `None`: anything may come of an item.
    pub(super) ratio: Option<Ratio>,
    /// One task, which gives for an item what there is to give before it takes the next: it has no `workers` and the like.
    pub(super) alone: bool,
    pub(super) inputs: Vec<EdgeId>,
    pub(super) outputs: Vec<EdgeId>,
}

/// How a statement takes from its inputs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Intake {
    /// It has one at most, or takes from any that has an item: it waits only if all are empty.
    Any,
    /// One from each at a time: `zip`.
    Each,
    /// From the first until it ends, then from the next: `concat`.
    InTurn,
}

/// An edge.
#[derive(Clone, Debug)]
pub(super) struct Channel {
    pub(super) from: StatementId,
    pub(super) to: StatementId,
    pub(super) holds: Holds,
    /// Everything that comes of the statement goes here; if not, an unknown part of it.
    pub(super) takes_all: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Holds {
    /// Up to so many items.
    Items(u64),
    /// Nothing: what reads it runs inside what feeds it.
    Nothing,
    /// It drops items when it has so many, so that nobody ever waits for room.
    Drops(u64),
}

impl Net {
    pub(super) fn new(graph: &Graph) -> Self {
        let plan = Plan::new(graph);
        let nodes = graph.statements.iter().map(node).collect();
        let channels = graph.edges.iter().map(|edge| channel(graph, &plan, edge)).collect();
        Self { nodes, channels }
    }
}

fn node(statement: &Statement) -> Node {
    let (intake, inputs) = match &statement.head {
        Head::Source(_) | Head::Generator(_) | Head::Input => (Intake::Any, Vec::new()),
        Head::Edge { edge, .. } => (Intake::Any, vec![*edge]),
        Head::Join { kind, parts, .. } => {
            let intake = match kind {
                JoinKind::Merge => Intake::Any,
                JoinKind::Zip => Intake::Each,
                JoinKind::Concat => Intake::InTurn,
            };
            (intake, parts.iter().map(|part| part.edge).collect())
        }
    };
    let alone = plan::of_tasks(statement).is_none();
    Node { intake, ratio: ratio::of(statement).ok(), alone, inputs, outputs: statement.outputs().collect() }
}

fn channel(graph: &Graph, plan: &Plan, edge: &Edge) -> Channel {
    let holds = if plan.has_no_edge(edge) {
        Holds::Nothing
    } else if edge.lossy.is_some() {
        Holds::Drops(capacity(graph, edge))
    } else {
        Holds::Items(capacity(graph, edge))
    };
    let is_part = matches!(graph.statements[edge.from].end, End::Route(..)) || edge.kind == EdgeKind::Rejects;
    Channel { from: edge.from, to: edge.to, holds, takes_all: !is_part }
}

/// What the edge holds for certain, or has when it drops: nothing, if that is computed when the pipeline is built.
fn capacity(graph: &Graph, edge: &Edge) -> u64 {
    match edge.buffer.as_ref().or(graph.options.buffer.as_ref()) {
        Some(Setting::Count(items, _)) => *items,
        Some(Setting::Duration(..) | Setting::Expr(_)) => 0,
        None => DEFAULT_BUFFER,
    }
}
