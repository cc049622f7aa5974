//! A deadlock in words: what waits for what, why nothing speaks against it, and the way out.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::{
    cycle::{self, Flaw, Leg, Short},
    ratio::{self, Unknown},
    waits::{Doubt, Step},
};
use crate::{
    diagnostics::Diagnostics,
    graph::{EdgeId, EdgeKind, End, Graph, Head, JoinKind, OnError, Op, StatementId},
    ops::OpKind,
};

/// Paths drawn at most.
const DRAWN: usize = 6;

/// Reports the deadlock that `cycle` may become.
pub(super) fn report(graph: &Graph, cycle: &[Step], flaw: Flaw, diagnostics: &mut Diagnostics) {
    let legs = cycle::legs(cycle);
    let Some(first) = legs.first() else { return };
    let words = Words { graph, legs: &legs };
    let (cause, help) = match flaw {
        Flaw::Doubt(doubt, at) => words.doubt(doubt, at),
        Flaw::Unbalanced => words.unbalanced(cycle),
        Flaw::Short(short) => words.short(short),
    };
    let message = format!("{} for ever: {cause}\n{}help: {help}", words.subject(), words.drawing());
    let (fork, forked) = words.fork(first);
    diagnostics.conflict(words.keyword(first.join), message, fork, forked);
}

struct Words<'a> {
    graph: &'a Graph,
    legs: &'a [Leg],
}

impl Words<'_> {
    /// Who waits.
    fn subject(&self) -> String {
        match self.legs {
            [leg] => format!("`{}` can wait", self.join(leg.join)),
            [one, other] => {
                format!("`{}` and `{}` can wait for each other", self.join(one.join), self.join(other.join))
            }
            [leg, ..] => {
                format!("`{}` and {} other joins can wait for each other", self.join(leg.join), self.legs.len() - 1)
            }
            [] => String::new(),
        }
    }

    /// A line for each path.
    fn drawing(&self) -> String {
        let lines = self.legs.iter().flat_map(|leg| {
            let empty = self.path(leg.next_fork, &leg.empty, leg.join);
            let full = self.path(leg.fork, &leg.full, leg.join);
            [format!("  empty: {empty}\n"), format!("  full:  {full}\n")]
        });
        lines.take(DRAWN).collect()
    }

    fn path(&self, fork: StatementId, edges: &[EdgeId], join: StatementId) -> String {
        let edges = edges.iter().map(|edge| self.edge(*edge));
        let names = [self.input(fork)].into_iter().chain(edges).chain([self.keyword(join).to_string()]);
        names.collect::<Vec<_>>().join(" -> ")
    }

    fn edge(&self, edge: EdgeId) -> String {
        self.graph.edges[edge].name.to_string()
    }

    /// `zip` as written.
    fn keyword(&self, statement: StatementId) -> TokenStream {
        match &self.graph.statements[statement].head {
            Head::Join { keyword, .. } => keyword.to_token_stream(),
            _ => self.graph.statements[statement].name.to_token_stream(),
        }
    }

    /// `zip(a, b)`
    fn join(&self, statement: StatementId) -> String {
        self.call(&self.keyword(statement).to_string(), statement)
    }

    fn call(&self, keyword: &str, statement: StatementId) -> String {
        let parts = match &self.graph.statements[statement].head {
            Head::Join { parts, .. } => parts.iter().map(|part| self.edge(part.edge)).collect(),
            _ => Vec::new(),
        };
        format!("{keyword}({})", parts.join(", "))
    }

    /// What a statement reads.
    fn input(&self, statement: StatementId) -> String {
        match &self.graph.statements[statement].head {
            Head::Edge { edge, .. } => self.edge(*edge),
            Head::Join { .. } => self.join(statement),
            Head::Source(_) | Head::Generator(_) | Head::Input => self.graph.statements[statement].name.to_string(),
        }
    }

    /// A join that waits for no particular one in place of the first.
    fn merged(&self) -> String {
        let join = self.legs.first().map(|leg| self.call("merge", leg.join)).unwrap_or_default();
        format!("`{join}`, which takes what comes")
    }

    /// Where the empty path begins, and what is said there.
    fn fork(&self, leg: &Leg) -> (TokenStream, String) {
        let statement = &self.graph.statements[leg.next_fork];
        let input = self.input(leg.next_fork);
        // with a single leg the other path begins there too
        let begin = [leg.empty.first(), leg.full.first()].into_iter().flatten().map(|edge| &self.graph.edges[*edge]);
        let mut rejects = begin.filter(|edge| edge.kind == EdgeKind::Rejects && edge.from == leg.next_fork);
        match (rejects.next(), &statement.end) {
            (Some(edge), _) => (edge.name.to_token_stream(), format!("what fails of `{input}` leaves here")),
            (None, End::Tee(_, fork) | End::Route(_, Op { name: fork, .. })) => {
                (fork.to_token_stream(), format!("`{input}` forks here"))
            }
            (None, _) => (statement.name.to_token_stream(), format!("`{input}` forks here")),
        }
    }

    /// `tee`, as what the first fork is.
    fn fork_name(&self) -> &'static str {
        let end = self.legs.first().map(|leg| &self.graph.statements[leg.next_fork].end);
        if matches!(end, Some(End::Route(..))) { "route" } else { "tee" }
    }

    fn join_name(&self) -> String {
        self.legs.first().map(|leg| self.keyword(leg.join).to_string()).unwrap_or_default()
    }

    /// Nothing is known of what a step does: why, and the help.
    fn doubt(&self, doubt: Doubt, at: StatementId) -> (String, String) {
        match doubt {
            Doubt::Ratio => self.unknown(at),
            Doubt::Split => (self.split(at), self.merged()),
            Doubt::InTurn => (self.in_turn(at), self.merged()),
            Doubt::Drops(edge) => {
                let edge = self.edge(edge);
                (format!("what `{edge}` drops is missing"), format!("remove `lossy`, or {}", self.merged()))
            }
        }
    }

    fn split(&self, at: StatementId) -> String {
        let input = self.input(at);
        match self.graph.statements[at].rejects {
            Some(rejects) => format!("only what fails of `{input}` goes to `{}`", self.edge(rejects)),
            None => format!("`route` gives an item of `{input}` to one of its branches, not to all"),
        }
    }

    fn in_turn(&self, at: StatementId) -> String {
        let leg = self.legs.iter().find(|leg| leg.join == at);
        let last = |path: Option<&Vec<EdgeId>>| path.and_then(|path| path.last()).map(|edge| self.edge(*edge));
        let (empty, full) = (last(leg.map(|leg| &leg.empty)), last(leg.map(|leg| &leg.full)));
        let (empty, full) = (empty.unwrap_or_default(), full.unwrap_or_default());
        format!("it reads all of `{empty}` before `{full}`, which is full long before")
    }

    /// Why a statement's ratio is unknown.
    fn unknown(&self, at: StatementId) -> (String, String) {
        let statement = &self.graph.statements[at];
        let name = &statement.name;
        let (fork, join) = (self.fork_name(), self.join_name());
        let elsewhere = |op: &Op| {
            let op = &op.name;
            format!("`{op}` before the `{fork}` or behind the `{join}`, or {}", self.merged())
        };
        let alike = |op: &Op| format!("`{}` before the `{fork}`, or {}", op.name, self.merged());
        match ratio::of(statement) {
            Err(Unknown::Input(kind)) => {
                let mixed = if kind == JoinKind::Merge {
                    "mixes the items of several streams"
                } else {
                    "gives the items of several streams"
                };
                (format!("`{}` {mixed}", self.join(at)), format!("`{join}` before that, or {}", self.merged()))
            }
            Err(Unknown::Failures) => {
                let cause = match statement.attrs.on_error {
                    OnError::Reject => format!("items that fail leave `{name}` by its `else`"),
                    _ => format!("items that fail in `{name}` are left out"),
                };
                let help = format!("`.map(|x| f(x).ok())` gives one item for each; or {}", self.merged());
                (cause, help)
            }
            Err(Unknown::LeavesOut(op)) => (format!("`{}` in `{name}` leaves items out", op.name), elsewhere(op)),
            Err(Unknown::Multiplies(op)) if op.spec.kind == OpKind::Via => {
                (format!("`via` in `{name}` may give any number of items for one"), self.merged())
            }
            Err(Unknown::Multiplies(op)) => {
                (format!("`{}` in `{name}` may give any number of items for one", op.name), elsewhere(op))
            }
            Err(Unknown::Timed(op)) => (
                format!("`{}` in `{name}` makes groups by time, of any size", op.name),
                format!("groups by size alone, or {}", alike(op)),
            ),
            Err(Unknown::NoLiteral(op)) => (
                format!("the number in `{}` of `{name}` is not known here", op.name),
                format!("a literal, or {}", alike(op)),
            ),
            Err(Unknown::Keyed(op)) => (format!("`{}` in `{name}` counts for each key", op.name), elsewhere(op)),
            Err(Unknown::TooLarge) | Ok(_) => {
                (format!("the numbers in `{name}` are too large"), format!("smaller ones, or {}", self.merged()))
            }
        }
    }

    /// One side gets ahead of the other.
    fn unbalanced(&self, cycle: &[Step]) -> (String, String) {
        let fork = self.fork_name();
        let grouping = self.grouping().map_or("batch".to_owned(), |op| op.name.to_string());
        let help = format!("`{grouping}` before the `{fork}`, or in both branches alike");
        let numbers = cycle::worths(cycle).and_then(|(full, empty)| full.over(empty)).map(|ratio| ratio.parts());
        let (Some((empties, fulls)), [leg]) = (numbers, self.legs) else {
            return ("the numbers of items on their paths do not balance".to_owned(), help);
        };
        let last = |path: &[EdgeId]| path.last().map(|edge| self.edge(*edge)).unwrap_or_default();
        let (mut one, mut other) = ((fulls, last(&leg.full)), (empties, last(&leg.empty)));
        if one.0 > other.0 {
            std::mem::swap(&mut one, &mut other);
        }
        let items = if other.0 == 1 { "item" } else { "items" };
        (format!("there are {} {items} of `{}` for {} of `{}`", other.0, other.1, one.0, one.1), help)
    }

    /// A `batch` or `window` on the way.
    fn grouping(&self) -> Option<&Op> {
        let edges = self.legs.iter().flat_map(|leg| leg.empty.iter().chain(&leg.full));
        let mut ops = edges.flat_map(|edge| &self.graph.statements[self.graph.edges[*edge].from].ops);
        ops.find(|op| matches!(op.spec.kind, OpKind::Batch | OpKind::Window))
    }

    /// What the edges hold is not enough.
    fn short(&self, short: Short) -> (String, String) {
        let edge = &self.graph.edges[short.edge];
        let buffer = edge.buffer.as_ref().or(self.graph.options.buffer.as_ref());
        let Short { holds, needs, .. } = short;
        let items = if needs == 1 { "item" } else { "items" };
        let cause = match buffer {
            Some(setting) if setting.constant().is_none() => {
                format!("`{}` must hold {needs} {items}, and its buffer is not known here", edge.name)
            }
            _ => format!("`{}` must hold {needs} {items} and holds {holds}", edge.name),
        };
        (cause, format!("`#[buffer({needs})]` above `{}`", self.definition(edge.from)))
    }

    /// `stage (a, b)`
    fn definition(&self, statement: StatementId) -> String {
        let statement = &self.graph.statements[statement];
        let names = match &statement.end {
            End::Tee(edges, _) | End::Route(edges, _) => {
                format!("({})", edges.iter().map(|edge| self.edge(*edge)).collect::<Vec<_>>().join(", "))
            }
            End::Edge(_) | End::Terminal(_) => statement.name.to_string(),
        };
        format!("stage {names}")
    }
}
