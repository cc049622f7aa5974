//! Freedom from deadlock.
//!
//! # What can go wrong
//!
//! Edges are bounded, so a task waits in two ways: for *room*, when an edge that it feeds is full, and for an *item*,
//! when an edge that it reads is empty. Whoever waits for room waits for what reads that edge, and whoever waits for an
//! item for what feeds it. A pipeline that has come to a stop before its end is a cycle of such waits. Streams flow one
//! way, so no cycle consists of waits for room alone, nor for items alone: it runs down along full edges to a statement
//! that does not take what is there because it waits for something else, which is a join; up from there along empty edges
//! to a statement that does not give because it waits for room elsewhere, which is a fork; and so on, until it comes back
//! to the first fork.
//!
//! ```text
//!            full ->  b  ->
//!   numbers  tee            zip
//!            empty <- a <-
//! ```
//!
//! * **Forks** are `tee`, `route` and `else`.
//! * **Joins** are `zip`, which takes one item from each input, and `concat`, which takes from one until it ends. A `merge`
//!   takes from any input and waits only if all are empty: it is no join in this sense, and no cycle of waits turns at one.
//!
//! A pipeline in which no such cycle can come about cannot come to a stop. That is what is proved here, from the shape
//! alone.
//!
//! # How it is proved
//!
//! This is the analysis of synchronous dataflow (Lee and Messerschmitt, "Static Scheduling of Synchronous Data Flow
//! Programs for Digital Signal Processing", 1987; for bounded edges each edge is also one backwards, which carries the
//! room). It needs statements that take and give fixed numbers of items.
//!
//! **Ratios.** `map`, `inspect`, `enumerate`, `scan`, `map_init` give one item for each. `batch(n)` and
//! `window(…, count = n)` give one for `n`. `skip(n)` gives one for each, `n` items late. `take` and `take_while` give one
//! for each and end: who has ended waits for nobody, and nobody waits for him, so an end may break a cycle of waits and
//! never makes one. The smaller rest that a `batch` gives at the end is such a case too. A failure ends the run, unless it
//! is skipped or rejected. All else may give any number: `filter` and its like, `flat_map`, `recurse`, `process`, `via`,
//! groups that go by time or by key, numbers that are no literals, one branch of a `route`, an `else`, and what comes out of a `merge` or `concat` for an item of one of its inputs.
//!
//! **Balance.** Along a cycle of waits each item has a *worth*: one of a `batch(10)` is worth ten of those behind it. A
//! `tee` gives the same to all branches, and a `zip` takes the same from all inputs, so once round the cycle the worth must
//! be what it was. If not, one side gets ahead of the other by more and more, and any edge is full some day.
//!
//! **Storage.** If it is, count the items between the forks and the joins of a cycle. The forks have given as much to the
//! full paths as to the empty ones (or one more to the empty ones, as an item is given to one branch after the other), and
//! the joins have taken as much from both. So what is on the full paths together is what is on the empty paths together.
//! On a full path there is at least
//!
//! * on an edge what its `buffer` says, where that is a number that is known here, and else 0;
//! * behind it the item that its reader has taken and finds no room for what comes of it. Where the reader is the join, there
//!   is none; but a join that waits has asked all inputs for an item, so a rendezvous has given one;
//! * on an edge whose reader is `inline` nothing: both are one task. But a fork gives an item to all its edges, and then to
//!   those inside it, one after the other: if one of these waits for room, it has an item in hand that the edges, and those
//!   before it, have been given too;
//! * in a `batch(n)` the other `n - 1` items of what it has no room for; and what a `skip(n)` has left out.
//!
//! On an empty path there is at most what its statements have swallowed and have given nothing for: `n - 1` items in a
//! `batch(n)`, `n` in a `skip(n)`. A task gives away what it has before it waits, and workers that keep the order do too.
//!
//! **Drops.** A `lossy` edge is never full. As an empty one it may lack what it has dropped, which is on the full paths. But
//! when it dropped an item for the last time it was full, with the `k` items of its buffer; so what was dropped in all is
//! `k` less than what the full paths stored then. If they never store more than they do when they are full, that is
//! not enough to fill them, unless `k` items or more may be swallowed on the empty paths. They may, if statements on them
//! or their forks have `workers`, `in_flight`, `keyed` or `blocking`: these hold more at one time than at another, and give
//! a number of items to one branch and then to the other. A rendezvous, or a buffer that is computed, is no `k`: it
//! drops whatever comes before its reader says that it waits, and may be empty when it does. Where one edge of a cycle
//! drops, the cycle need not balance either, if it is the side of that edge that gets ahead.
//!
//! If the full paths of a cycle store more than its empty ones can have swallowed, each item counted by its worth, then it
//! cannot come about. Anything else is refused.
//!
//! # How the cycles are found
//!
//! All simple cycles may be too many. A cycle of waits is simple, for a task waits for one thing at a time, so it lies in
//! one biconnected component of the graph. The waits in a component, two for each edge, and the steps from one to the next
//! that such a cycle can take are a directed graph. It is proved in polynomial time that *no closed walk* in a strongly
//! connected component of that graph is at fault: every step has a fixed ratio; the worths along a spanning tree agree with
//! all steps; and, with what is stored as lengths, no closed walk has length 0 or less (Bellman and Ford). Only if one has,
//! the simple cycles are searched, as a closed walk may come to a statement twice and mean nothing; and if these are too
//! many, the walk that was found is refused.

mod blocks;
mod cycle;
mod fraction;
mod hands;
mod message;
mod net;
mod ratio;
mod search;
#[cfg(test)]
mod tests;
mod waits;

use crate::{
    diagnostics::Diagnostics,
    graph::{EdgeId, Graph, StatementId},
};
use cycle::{Flaw, Short};
use net::Net;
use waits::{Doubt, Waits};

/// What a message is about: it is said once.
#[derive(PartialEq, Eq)]
enum Subject {
    Join(StatementId),
    Doubt(Doubt, StatementId),
    Buffer(StatementId),
}

/// Whether there is a cycle of waits to be proved harmless.
#[cfg(test)]
pub(crate) fn has_cycle_of_waits(graph: &Graph) -> bool {
    search::has_cycle(&Waits::new(&Net::new(graph)))
}

/// Refuses what may come to a stop before its end. The names of the graph must be right.
pub(super) fn check(graph: &Graph, diagnostics: &mut Diagnostics) {
    let net = Net::new(graph);
    let flawed = search::flawed(&Waits::new(&net));
    let mut flawed: Vec<_> = flawed.into_iter().map(|cycle| (cycle::flaw_of_walk(&cycle), cycle)).collect();
    flawed.sort_by_key(|(flaw, cycle)| (cycle.len(), cycle::is_unlikely(&net, cycle, *flaw)));
    let mut told: Vec<Subject> = Vec::new();
    for (flaw, cycle) in &flawed {
        let feeds = |edge: EdgeId| graph.edges[edge].from;
        let subject = match flaw {
            Flaw::Doubt(doubt, at) => Some(Subject::Doubt(*doubt, *at)),
            Flaw::Unbalanced => None,
            Flaw::Short(short) => Some(Subject::Buffer(feeds(short.edge))),
        };
        let joins = cycle::legs(cycle).into_iter().map(|leg| Subject::Join(leg.join));
        let subjects: Vec<Subject> = joins.chain(subject).collect();
        if subjects.iter().any(|subject| told.contains(subject)) {
            continue;
        }
        told.extend(subjects);
        // one number is enough for all cycles over the edges of one statement
        let flaw = match flaw {
            Flaw::Short(short) => {
                let others = flawed.iter().filter_map(|(flaw, _)| match flaw {
                    Flaw::Short(other) if feeds(other.edge) == feeds(short.edge) => Some(other.needs),
                    _ => None,
                });
                Flaw::Short(Short { needs: others.max().unwrap_or(short.needs), ..*short })
            }
            other => *other,
        };
        message::report(graph, cycle, flaw, diagnostics);
    }
}
