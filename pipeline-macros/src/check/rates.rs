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
//! **Counts.** Each step of a cycle says how many items must have come to the edge before it if so many have come to the
//! edge behind it: `w` for each, which is what one of them is *worth*, and `s` besides. Along a full path those that have
//! come to an edge are those that have been taken off it and those that are stored; along an empty path all that have come
//! have been taken, and those that were swallowed are missing behind. If there are numbers of which all steps of a cycle
//! are true, it can come about; if there are none, it cannot. With `W` the product of all worths and `S` the sum of what is
//! stored:
//!
//! * `W` below 1: there are some, however much is stored. So it is if some worth is 0: the one edge says nothing of the other.
//! * `W` is 1: there are some unless `S` is above 0.
//! * `W` above 1: each round asks for more items, unless it asks for none at an edge to which none need have come.
//!
//! **Worth.** `map`, `inspect`, `enumerate`, `scan`, `map_init` give one for each. `batch(n)` and `window(…, count = n)` give
//! one for `n`. `skip(n)` gives one for each, `n` items late. `filter` and its like, failures that are skipped or rejected,
//! a branch of a `route`, groups by time or by key, numbers that are not known: no more than one for each, which says
//! something along a full path and nothing along an empty one. A `merge` or `concat` gives no less than what comes of one
//! input, which is the other way round. `flat_map`, `recurse`, `process`, `via` may give any number. A `tee` gives the same
//! to all branches, and a `zip` takes the same from all inputs. A `concat` takes nothing of a later input; its first one is
//! the only one until that has ended, and with it whoever feeds it.
//!
//! How many items there are is no part of a shape: not how long a source is, nor at what number a `take` ends. Who has ended
//! waits for nobody, and nobody waits for him, so an end may break a cycle of waits and never makes one. What a stage has
//! still to give when it ends, the smaller rest of a `batch`, it waits for room with when its input is closed. Only inside
//! a fork others may have to wait for it. A failure ends the run, unless it is skipped or rejected.
//!
//! **Storage.** On a full path there is at least
//!
//! * on an edge what its `buffer` says, where that is a number that is known here, and else 0;
//! * behind it what its reader has in its hands and finds no room for: one item, or with `workers` or `in_flight` [so
//!   many](hands) as it is certain to have. Where the reader is the join, there is none; but a join that waits has asked all
//!   inputs for an item, so a rendezvous has given one;
//! * on an edge whose reader is `inline` nothing: both are one task. But a fork gives an item to all its edges, and then to
//!   those inside it, one after the other: if one of these waits for room, it has an item in hand that the edges, and those
//!   before it, have been given too;
//! * in a `batch(n)` the other `n - 1` items of what it has no room for; and what a `skip(n)` has left out. But where a stage
//!   inside a fork ends before that does, or others there have their end after it, its last group may be of one item.
//!
//! On an empty path there is at most what its statements have swallowed and have given nothing for: `n - 1` items in a
//! `batch(n)`, `n` in a `skip(n)`. A task gives away what it has before it waits, and workers that keep the order do too.
//!
//! **Drops.** A `lossy` edge is never full. As an empty one it lacks what it has dropped. So items are counted from the time
//! at which an edge of the cycle dropped one and none did after it, for each such edge. It was full then, with the `k` items
//! of its buffer, which come besides to those that have come to it since. The full paths stored no more then than they do
//! when they are full, and so nothing comes of them; and of the empty paths as much may have been swallowed since as ever.
//! Stages with workers that are handed out several items at once [may have stored more](hands::Hands::varies) then, and forks
//! that are such stages give [a number of items](hands::Hands::parts) to one branch and then to the other. Of groups of keys
//! any number may have been begun then; each item since is the last of one at most. A rendezvous, or a buffer that is
//! computed, is no `k`: it drops whatever comes before its reader says that it waits, and may be empty when it does. But a
//! `zip` asks the side that drops first, and so of another rendezvous it had nothing then. And if both edges lead from one
//! fork to one `zip` and the other takes nothing meanwhile either, it drops nothing.
//!
//! # What is refused and may be harmless
//!
//! Whatever is not known here is taken to be what it may be at worst: what a closure does, a number that is computed, how long
//! something takes. Tests show that it then comes to a stop, with these exceptions:
//!
//! * A `take` of so few items, or a source so short, that the end comes before an edge is full.
//! * A group that goes by time on the side that is empty: it goes sooner or later, with no more items than there was room for
//!   on the other side, so that one of each side at a time is enough.
//! * An edge that cannot drop anything, as another one beside it is full before it.
//! * Keyed workers that keep the order vary by no more than they can be ahead: an edge that drops and holds far more than
//!   that is refused too.
//!
//! # How the cycles are found
//!
//! All simple cycles may be too many. A cycle of waits is simple, for a task waits for one thing at a time, so it lies in
//! one biconnected component of the graph. The waits in a component, two for each edge, and the steps from one to the next
//! that such a cycle can take are a directed graph. It is proved in polynomial time that *no closed walk* in a strongly
//! connected component of that graph is at fault: every step has a fixed ratio; the worths along a spanning tree agree with
//! all steps; and, with what is stored as lengths, no closed walk has length 0 or less (Bellman and Ford). Only if one has,
//! the simple cycles are searched, as a closed walk may come to a statement twice and mean nothing; and if these are too
//! many, the walk that was found is refused. A component with a step that has no fixed ratio, or an edge that drops, is
//! searched at once.

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
