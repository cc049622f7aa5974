//! A pipeline reduced to what can keep a task waiting: who gives to whom, in what numbers, over edges of what size.

use super::{
    hands::{self, Hands},
    ratio::{self, Begun, Bounds, Ratio},
};
use crate::{
    graph::{Edge, EdgeId, EdgeKind, End, Graph, Head, JoinKind, Setting, Statement, StatementId},
    ops::OpKind,
    plan::Plan,
};

/// What an edge holds if no `buffer` says otherwise, as in the runtime.
pub(super) const DEFAULT_BUFFER: u64 = 1024;

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
    /// Of one input, while there are no items of others.
    pub(super) bounds: Bounds,
    pub(super) begun: Begun,
    pub(super) hands: Hands,
    /// It may end, and wait for room for its last group, which may be as small as this, while what it runs inside has
    /// others to serve: items that have come to it and to the others too. `None`: it has all that it waits for room with.
    pub(super) least_rest: Option<u64>,
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

impl Node {
    /// What is known of the items of this input: no more than all that come of it. Beside those of others they are fewer.
    /// The first input of a `concat` is the only one until it has ended.
    pub(super) fn most_of(&self, input: EdgeId) -> Option<Ratio> {
        let alone = match self.intake {
            Intake::Each => true,
            Intake::Any => self.inputs.len() < 2,
            Intake::InTurn => self.is_first(input),
        };
        self.bounds.most.filter(|_| alone)
    }

    /// Whether a `concat` reads this before all others.
    fn is_first(&self, input: EdgeId) -> bool {
        self.intake == Intake::InTurn && self.inputs.first() == Some(&input)
    }

    /// Items of this input that it has at least when there is no room.
    pub(super) fn hands_of(&self, input: EdgeId) -> u64 {
        self.hands.full.max(u64::from(self.is_first(input)))
    }
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
        let mut nodes: Vec<Node> = graph.statements.iter().map(|statement| node(statement, &channels)).collect();
        for (at, node) in nodes.iter_mut().enumerate() {
            node.least_rest = least_rest(graph, &plan, at);
        }
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
    let (bounds, begun) = (ratio::bounds(statement), ratio::begun(statement));
    let outputs = statement.outputs().collect();
    Node { intake, bounds, begun, hands, least_rest: None, inputs, outputs }
}

/// Inside another statement's loop it may come to its end before that does, and at the end of that its turn may be before
/// that of others.
fn least_rest(graph: &Graph, plan: &Plan, at: StatementId) -> Option<u64> {
    let has = |guest: StatementId, kinds: &[OpKind]| {
        graph.statements[guest].ops.iter().any(|op| kinds.contains(&op.spec.kind))
    };
    let takes = plan.guests_around(at).any(|guest| has(guest, &[OpKind::Take]));
    // that with which it ends has come to the others too
    let ends_behind = plan.guests_around(at).any(|guest| has(guest, &[OpKind::TakeWhile])) || plan.is_before_others(at);
    let in_groups = plan.guests_around(at).skip(1).any(|guest| has(guest, &[OpKind::Batch, OpKind::Window]));
    (takes || ends_behind).then(|| u64::from(!takes && !in_groups))
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
