//! Lowering: which statement runs in whose task.
//!
//! A statement has a task of its own, in which its loop runs, unless it is `inline`: then it runs where its producer
//! would push an item into the edge between the two, inside the loop of the producer or of the one that that runs in.
//! A source has no loop, so the statement that is inline behind one has the loop, and shares the source's task.

use proc_macro2::Ident;

use crate::graph::{Edge, EdgeId, End, Graph, Head, Op, Statement, StatementId, StatementKind};
use crate::ops::{OpKind, Role};

/// Where each statement runs.
pub(crate) struct Plan {
    /// The statement whose loop it runs in, by statement.
    loops: Vec<StatementId>,
    /// Its producer, by statement, if it is inline.
    hosts: Vec<Option<StatementId>>,
}

impl Plan {
    pub(crate) fn new(graph: &Graph) -> Self {
        let mut plan = Self { loops: Vec::new(), hosts: Vec::new() };
        // In topological order: where the producer runs is known.
        for (id, statement) in graph.statements.iter().enumerate() {
            let host = if statement.attrs.inline { producer(graph, statement) } else { None };
            let guest_of = host.filter(|host| graph.statements[*host].kind != StatementKind::Source);
            plan.loops.push(guest_of.map_or(id, |host| plan.loops[host]));
            plan.hosts.push(host);
        }
        plan
    }

    /// For a pipeline of which nothing will run.
    pub(crate) const fn empty() -> Self {
        Self { loops: Vec::new(), hosts: Vec::new() }
    }

    /// Whether the statement runs inside its producer's task.
    pub(crate) fn is_inline(&self, id: StatementId) -> bool {
        self.hosts[id].is_some()
    }

    /// Whether the statement runs inside another one's loop.
    pub(crate) fn is_guest(&self, id: StatementId) -> bool {
        self.loops[id] != id
    }

    /// The statements that run inside the loop of `id`, each behind its producer.
    pub(crate) fn guests(&self, id: StatementId) -> impl Iterator<Item = StatementId> {
        (0..self.loops.len()).filter(move |guest| *guest != id && self.loops[*guest] == id)
    }

    /// `id` and what runs inside its body, each behind its producer.
    pub(crate) fn body(&self, id: StatementId) -> Vec<StatementId> {
        let mut body = vec![id];
        for guest in id + 1..self.loops.len() {
            if self.is_guest(guest) && self.hosts[guest].is_some_and(|host| body.contains(&host)) {
                body.push(guest);
            }
        }
        body
    }

    /// Whether others that run inside the same loop, but not inside this statement, end after it.
    pub(crate) fn is_before_others(&self, id: StatementId) -> bool {
        let body = self.body(id);
        self.is_guest(id) && self.guests(self.loops[id]).any(|other| other > id && !body.contains(&other))
    }

    /// The guest and all that it runs inside of, but for the one that has the loop.
    pub(crate) fn guests_around(&self, id: StatementId) -> impl Iterator<Item = StatementId> {
        std::iter::successors(Some(id), |id| self.hosts[*id]).take_while(|id| self.is_guest(*id))
    }

    /// Whether an edge does not exist: what reads it runs where it would be fed.
    pub(crate) fn has_no_edge(&self, edge: &Edge) -> bool {
        self.is_inline(edge.to)
    }

    /// The statement that is inline behind a source.
    pub(crate) fn reader_inside(&self, source: StatementId) -> Option<StatementId> {
        self.hosts.iter().position(|host| *host == Some(source))
    }
}

/// The statement that feeds this one's only input.
fn producer(graph: &Graph, statement: &Statement) -> Option<StatementId> {
    match statement.head {
        Head::Edge { edge, .. } => Some(graph.edges[edge].from),
        Head::Source(_) | Head::Generator(_) | Head::Input | Head::Join { .. } => None,
    }
}

/// Why a statement cannot run inside its producer's task.
pub(crate) enum Obstacle<'a> {
    /// It is no task that could run inside another one, or has no producer.
    NoTask,
    /// It has several.
    Join,
    /// A policy of its own, which asks for tasks or threads.
    Policy(&'a Ident),
    /// An operator of its own whose code is that of a task.
    Whole(&'a Op),
    /// A group that goes by time, which needs a wait of its own.
    Timed(&'a Op),
    /// What it reads comes from a generator, which sends where and when it likes.
    Generator(&'a Statement),
    /// What it reads may be dropped on the way, and so has a way.
    Lossy(&'a Edge),
    /// What it reads comes in from outside.
    Outside(&'a Statement),
    /// The same in its producer.
    ProducerPolicy(&'a Statement, &'a Ident),
    ProducerWhole(&'a Statement, &'a Op),
    /// Its producer asks for an edge of this size, and has no other.
    Buffer(&'a Statement, &'a Ident),
}

/// Policies that give a statement several tasks, other threads, or bodies side by side.
const OF_TASKS: [&str; 4] = ["workers", "in_flight", "keyed", "blocking"];

/// What keeps a statement from running inside its producer's task.
pub(crate) fn obstacle(graph: &Graph, id: StatementId) -> Option<Obstacle<'_>> {
    let statement = &graph.statements[id];
    let edge = match &statement.head {
        Head::Source(_) | Head::Generator(_) | Head::Input => return Some(Obstacle::NoTask),
        Head::Join { .. } => return Some(Obstacle::Join),
        Head::Edge { edge, .. } => *edge,
    };
    if statement.is_port() || statement.via().is_some() {
        return Some(Obstacle::NoTask);
    }
    let producer = &graph.statements[graph.edges[edge].from];
    if producer.is_port() {
        return Some(Obstacle::Outside(producer));
    }
    if matches!(producer.head, Head::Generator(_)) {
        return Some(Obstacle::Generator(producer));
    }
    if graph.edges[edge].lossy.is_some() {
        return Some(Obstacle::Lossy(&graph.edges[edge]));
    }
    let own = || of_tasks(statement).map(Obstacle::Policy);
    let window = || statement.ops.iter().find(|op| op.spec.kind == OpKind::Window && !op.is_by_time());
    let whole = || whole(statement).or(statement.recursion()).or_else(window).map(Obstacle::Whole);
    let timed = || statement.ops.iter().find(|op| is_timed(op)).map(Obstacle::Timed);
    let of_producer = || of_tasks(producer).map(|policy| Obstacle::ProducerPolicy(producer, policy));
    let producer_whole = || self::whole(producer).map(|op| Obstacle::ProducerWhole(producer, op));
    let buffer = || useless_buffer(graph, producer, edge).map(|buffer| Obstacle::Buffer(producer, buffer));
    own().or_else(whole).or_else(timed).or_else(of_producer).or_else(producer_whole).or_else(buffer)
}

/// The policy that gives the statement several tasks, other threads, or bodies side by side.
pub(crate) fn of_tasks(statement: &Statement) -> Option<&Ident> {
    OF_TASKS.iter().find_map(|policy| statement.attrs.written(policy))
}

fn whole(statement: &Statement) -> Option<&Op> {
    statement.all_ops().find(|op| op.spec.role == Role::Whole)
}

/// A group by the number of items alone is held without waiting for anything.
fn is_timed(op: &Op) -> bool {
    op.is_by_time() || op.spec.kind == OpKind::Batch && op.args.len() > 1
}

/// The `buffer` of a statement of whose outputs none would be an edge.
fn useless_buffer<'a>(graph: &Graph, producer: &'a Statement, edge: EdgeId) -> Option<&'a Ident> {
    let written = producer.attrs.written("buffer")?;
    let branches = match &producer.end {
        End::Edge(edge) => std::slice::from_ref(edge),
        End::Tee(edges, _) | End::Route(edges, _) => edges.as_slice(),
        End::Terminal(_) => &[],
    };
    let no_edge = |branch: &EdgeId| *branch == edge || graph.statements[graph.edges[*branch].to].attrs.inline;
    (branches.contains(&edge) && branches.iter().all(no_edge)).then_some(written)
}
