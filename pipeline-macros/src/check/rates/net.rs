//! A pipeline reduced to what can keep a task waiting: who gives to whom, in what numbers, over edges of what size.

use super::{
    hands::{self, Hands},
    ratio::{self, Bounds},
};
use crate::{
    graph::{Edge, EdgeId, EdgeKind, End, Graph, Head, JoinKind, Setting, Statement, StatementId},
    plan::Plan,
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
    pub(super) bounds: Bounds,
    pub(super) hands: Hands,
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
    pub(super) share: Share,
}

/// What goes into an edge of what comes of a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Share {
    All,
    /// An unknown part of it.
    Part,
    /// What has failed instead.
    Failed,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Holds {
    /// Up to so many items.
    Items(u64),
    /// Up to a number of items that may be 0 and may be large.
    Unknown,
    /// Nothing: what reads it runs inside what feeds it.
    Nothing,
    /// It drops items when it has so many, so that nobody ever waits for room.
    Drops(u64),
}

impl Holds {
    /// What it has for certain when nothing more goes in.
    pub(super) fn items(self) -> Option<u64> {
        match self {
            Holds::Items(items) => Some(items),
            Holds::Unknown => Some(0),
            Holds::Nothing | Holds::Drops(_) => None,
        }
    }
}

impl Net {
    pub(super) fn new(graph: &Graph) -> Self {
        let plan = Plan::new(graph);
        let channels: Vec<Channel> = graph.edges.iter().map(|edge| channel(graph, &plan, edge)).collect();
        let nodes = graph.statements.iter().map(|statement| node(statement, &channels)).collect();
        Self { nodes, channels }
    }
}

fn node(statement: &Statement, channels: &[Channel]) -> Node {
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
    let feeds = inputs.iter().map(|input: &EdgeId| channels[*input].holds);
    let hands = hands::of(statement, intake, feeds);
    Node { intake, bounds: ratio::bounds(statement), hands, inputs, outputs: statement.outputs().collect() }
}

fn channel(graph: &Graph, plan: &Plan, edge: &Edge) -> Channel {
    let holds = if plan.has_no_edge(edge) {
        Holds::Nothing
    } else if edge.lossy.is_some() {
        Holds::Drops(capacity(graph, edge).unwrap_or(0))
    } else {
        capacity(graph, edge).map_or(Holds::Unknown, Holds::Items)
    };
    let share = match &graph.statements[edge.from].end {
        _ if edge.kind == EdgeKind::Rejects => Share::Failed,
        End::Route(..) => Share::Part,
        _ => Share::All,
    };
    Channel { from: edge.from, to: edge.to, holds, share }
}

/// What the edge holds, or has when it drops; `None`, if that is computed when the pipeline is built.
fn capacity(graph: &Graph, edge: &Edge) -> Option<u64> {
    let buffer = edge.buffer.as_ref().or(graph.options.buffer.as_ref());
    buffer.map_or(Some(DEFAULT_BUFFER), Setting::constant)
}
