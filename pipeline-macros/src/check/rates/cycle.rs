//! A way from wait to wait that ends where it began, and whether it may ever come about.

use std::cmp::Ordering;

use super::{
    fraction::Fraction,
    net::Net,
    waits::{Doubt, Step, Wait},
};
use crate::graph::{EdgeId, StatementId};

/// What keeps a cycle from being harmless.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flaw {
    /// Nothing is known of one of its steps.
    Doubt(Doubt, StatementId),
    /// Its ratios do not balance: one side gets ahead of the other for ever.
    Unbalanced,
    /// Its ratios balance, and it stores too little.
    Short(Short),
}

/// How much a cycle stores too little.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Short {
    /// The edge into a join that is cheapest to enlarge, and what an item of it is worth.
    pub(super) edge: EdgeId,
    /// Items that the edge holds.
    pub(super) holds: i128,
    /// Items that it would have to hold.
    pub(super) needs: i128,
}

/// The flaw of a cycle, if it has one.
pub(super) fn flaw(cycle: &[Step]) -> Option<Flaw> {
    let doubts = || cycle.iter().filter_map(|step| Some((step.counts.err()?, step.at)));
    // what a `concat` does is certain
    if let Some((doubt, at)) = doubts().find(|(doubt, _)| *doubt == Doubt::InTurn).or(doubts().next()) {
        return Some(Flaw::Doubt(doubt, at));
    }
    let drops = one_that_drops(cycle);
    let behind = drops.map(|at| [&cycle[at + 1..], &cycle[..=at]].concat());
    let cycle = behind.as_deref().unwrap_or(cycle);
    let Some((worth, stored)) = worth_and_stored(cycle) else { return Some(Flaw::Unbalanced) };
    match worth.compare(Fraction::ONE) {
        Some(Ordering::Equal) => {}
        // the side that gets ahead is that which drops
        Some(Ordering::Greater) if behind.is_some() && stored.is_positive() => {
            return if drops_too_much(cycle) { Some(Flaw::Unbalanced) } else { None };
        }
        _ => return Some(Flaw::Unbalanced),
    }
    if stored.is_positive() {
        return if drops_too_much(cycle) { suspect(cycle) } else { None };
    }
    // numbers too large to be compared are larger than any edge
    Some(short(cycle, stored).map_or(Flaw::Unbalanced, Flaw::Short))
}

/// What an item is worth after a round, and all that is stored on the way, in items of the first edge. `None`: too large
/// a number.
fn worth_and_stored(cycle: &[Step]) -> Option<(Fraction, Fraction)> {
    let mut sums = (Fraction::ONE, Fraction::ZERO);
    for step in cycle {
        let counts = step.counts.ok()?;
        let (worth, stored) = sums;
        sums = (worth.times(counts.worth)?, stored.plus(worth.times(counts.stored)?)?);
    }
    Some(sums)
}

/// The step from the edge that drops, if there is one.
fn one_that_drops(cycle: &[Step]) -> Option<usize> {
    let mut drops = (0..cycle.len()).filter(|at| cycle[*at].counts.is_ok_and(|counts| counts.drops_beyond.is_some()));
    drops.next().filter(|_| drops.next().is_none())
}

/// The flaw of a walk that is refused though it may have none itself, as there were too many to look at.
pub(super) fn flaw_of_walk(cycle: &[Step]) -> Flaw {
    flaw(cycle).or_else(|| suspect(cycle)).unwrap_or(Flaw::Unbalanced)
}

/// What an edge drops, if one does.
fn suspect(cycle: &[Step]) -> Option<Flaw> {
    let drops = |step: &&Step| step.counts.is_ok_and(|counts| counts.drops_beyond.is_some());
    cycle.iter().find(drops).map(|step| Flaw::Doubt(Doubt::Drops(step.from.edge()), step.at))
}

/// Whether the empty paths may lack what the full ones store, for an edge has dropped it. When it did so last, it was
/// full itself: what it had then must be more than what may be swallowed since.
fn drops_too_much(cycle: &[Step]) -> bool {
    let sums = || {
        let (mut worth, mut swallowed, mut least, mut varies) = (Fraction::ONE, Fraction::ZERO, None, false);
        for step in cycle {
            let counts = step.counts.ok()?;
            varies |= counts.varies;
            if let (Wait::Item(_), Wait::Item(_)) = (step.from, step.to) {
                swallowed = swallowed.plus(worth.times(counts.stored)?)?;
            }
            if let Some(items) = counts.drops_beyond {
                let kept = worth.times(Fraction::whole(i128::from(items)))?;
                least = match least {
                    Some(least) if kept.compare(least)? != Ordering::Less => Some(least),
                    _ => Some(kept),
                };
            }
            worth = worth.times(counts.worth)?;
        }
        Some((least, swallowed, varies))
    };
    match sums() {
        Some((None, ..)) => false,
        Some((Some(least), swallowed, varies)) => {
            varies || !least.plus(swallowed).is_some_and(|left| left.is_positive())
        }
        None => suspect(cycle).is_some(),
    }
}

/// The edge into a join of which the fewest further items are enough.
fn short(cycle: &[Step], stored: Fraction) -> Option<Short> {
    let mut best: Option<Short> = None;
    let mut worth = Fraction::ONE;
    for step in cycle {
        let counts = step.counts.ok()?;
        if let (Wait::Room(edge), Wait::Item(_)) = (step.from, step.to) {
            let missing = stored.times(Fraction::whole(-1))?.over(worth)?.floor() + 1;
            let holds = counts.stored.floor();
            if best.is_none_or(|best| missing < best.needs - best.holds) {
                best = Some(Short { edge, holds, needs: holds + missing });
            }
        }
        worth = worth.times(counts.worth)?;
    }
    best
}

/// Two paths from where they fork to where they join: one is empty, and the other full.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Leg {
    /// Where the full path begins.
    pub(super) fork: StatementId,
    pub(super) full: Vec<EdgeId>,
    pub(super) join: StatementId,
    /// Where the empty path begins: the fork, or that of the next leg.
    pub(super) next_fork: StatementId,
    pub(super) empty: Vec<EdgeId>,
}

/// The leg on whose paths nothing is known of a statement, or else that of the first join.
fn first_leg(cycle: &[Step], legs: &[Leg]) -> usize {
    let doubtful = cycle.iter().find(|step| step.counts.is_err()).map(|step| step.to.edge());
    let has_doubt = |leg: &Leg| leg.full.iter().chain(&leg.empty).any(|edge| Some(*edge) == doubtful);
    let first = (0..legs.len()).min_by_key(|leg| legs[*leg].join);
    legs.iter().position(has_doubt).or(first).unwrap_or(0)
}

fn is_fork(step: &Step) -> bool {
    matches!((step.from, step.to), (Wait::Item(_), Wait::Room(_)))
}

/// The cycle as a reader sees it: from fork to join and on to the next fork.
pub(super) fn legs(cycle: &[Step]) -> Vec<Leg> {
    let Some(first) = cycle.iter().position(is_fork) else { return Vec::new() };
    let mut legs: Vec<Leg> = Vec::new();
    for step in cycle[first..].iter().chain(&cycle[..first]) {
        match (step.from, step.to) {
            (Wait::Item(_), Wait::Room(edge)) => {
                legs.push(Leg {
                    fork: step.at,
                    full: vec![edge],
                    join: step.at,
                    next_fork: step.at,
                    empty: Vec::new(),
                });
            }
            (_, to) => {
                let Some(leg) = legs.last_mut() else { continue };
                match to {
                    Wait::Room(edge) => leg.full.push(edge),
                    Wait::Item(edge) => leg.empty.push(edge),
                }
                if let Wait::Room(_) = step.from
                    && let Wait::Item(_) = to
                {
                    leg.join = step.at;
                }
            }
        }
    }
    let first = first_leg(cycle, &legs);
    legs.rotate_left(first);
    let forks: Vec<StatementId> = legs.iter().map(|leg| leg.fork).collect();
    for (leg, next) in legs.iter_mut().zip(forks.iter().cycle().skip(1)) {
        leg.empty.reverse();
        leg.next_fork = *next;
    }
    legs
}

/// Whether the same paths are more likely to wait the other way round: what leaves items out or groups them is on the
/// full side, or what mixes several streams on the empty one.
pub(super) fn is_unlikely(net: &Net, cycle: &[Step], flaw: Flaw) -> bool {
    match flaw {
        Flaw::Doubt(_, at) => {
            let mixes = net.nodes[at].inputs.len() > 1;
            let on_empty = cycle.iter().any(|step| step.at == at && matches!(step.from, Wait::Item(_)));
            on_empty == mixes
        }
        Flaw::Unbalanced => {
            worths(cycle).and_then(|(full, empty)| full.compare(empty)).is_some_and(|order| order == Ordering::Greater)
        }
        Flaw::Short(_) => false,
    }
}

/// What an item is worth at the end of all full paths, and at the end of all empty ones, in items of the fork.
pub(super) fn worths(cycle: &[Step]) -> Option<(Fraction, Fraction)> {
    let mut worths = (Fraction::ONE, Fraction::ONE);
    for step in cycle {
        let worth = step.counts.ok()?.worth;
        match (step.from, step.to) {
            (Wait::Room(_), Wait::Room(_)) => worths.0 = worths.0.times(worth)?,
            (Wait::Item(_), Wait::Item(_)) => worths.1 = worths.1.over(worth)?,
            _ => {}
        }
    }
    Some(worths)
}
