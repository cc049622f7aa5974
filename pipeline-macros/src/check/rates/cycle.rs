//! A way from wait to wait that ends where it began, and whether it may ever come about.

use std::cmp::Ordering;

use super::{
    fraction::Fraction,
    net::Net,
    waits::{Doubt, Least, Step, Wait},
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
    if is_in_step(cycle) {
        return None;
    }
    let fills = may_come_about(cycle, Span::Whole);
    let drops = |at: &usize| cycle[*at].counts.drops_beyond.is_some();
    if !fills && !(0..cycle.len()).filter(drops).any(|at| may_come_about(cycle, Span::SinceDrop(at))) {
        return None;
    }
    let doubts = || cycle.iter().filter_map(|step| Some((step.doubt?, step)));
    // what a `concat` does is certain
    let first = doubts().find(|(doubt, _)| *doubt == Doubt::InTurn);
    let says_nothing = || doubts().find(|(_, step)| step.counts.in_all.worth == Fraction::ZERO);
    if let Some((doubt, step)) = first.or_else(says_nothing) {
        return Some(Flaw::Doubt(doubt, step.at));
    }
    // numbers too large to be compared are larger than any edge
    let Some((worth, stored)) = round(cycle, Span::Whole) else { return Some(Flaw::Unbalanced) };
    match worth.compare(Fraction::ONE) {
        Some(Ordering::Equal) if fills => Some(short(cycle, stored).map_or(Flaw::Unbalanced, Flaw::Short)),
        Some(Ordering::Equal) => suspect(cycle),
        _ => Some(doubts().next().map_or(Flaw::Unbalanced, |(doubt, step)| Flaw::Doubt(doubt, step.at))),
    }
}

/// The time in which items are counted, up to that of the waits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Span {
    /// From the beginning.
    Whole,
    /// Since an edge dropped an item and none dropped one after it: that from which this step goes on.
    SinceDrop(usize),
}

/// What a step says of the items in this time, and those that its first edge had at the beginning of it.
fn least(cycle: &[Step], at: usize, span: Span) -> (Least, Fraction) {
    let counts = cycle[at].counts;
    let Span::SinceDrop(drop) = span else { return (counts.in_all, Fraction::ZERO) };
    let had = if at == drop { counts.drops_beyond.unwrap_or(0) } else { 0 };
    let had = had + u64::from(cycle[at].asks_alike && cycle[at].to == cycle[drop].from);
    // between the fork and the edge that drops there is nothing that has not been passed
    let is_passed =
        (0..cycle.len()).map(|by| (drop + by) % cycle.len()).take_while(|at| matches!(cycle[*at].to, Wait::Item(_)));
    let least = if is_passed.into_iter().any(|passed| passed == at) { counts.since_passed } else { counts.since };
    (least, Fraction::whole(i128::from(had)))
}

/// Whether there are numbers of items with which all tasks of the cycle wait for one another. Each step says how many
/// there are at least at the one edge if there are so many at the other.
fn may_come_about(cycle: &[Step], span: Span) -> bool {
    let Some((worth, stored)) = round(cycle, span) else { return true };
    match worth.compare(Fraction::ONE) {
        // however many there are, a round asks for no more in the end
        Some(Ordering::Less) | None => true,
        Some(Ordering::Equal) => !stored.is_positive(),
        // each round asks for more, unless there is an edge to which no item need have come
        Some(Ordering::Greater) => (0..cycle.len()).any(|at| asks_for_none(cycle, span, at)),
    }
}

/// Whether a round from this edge, to which no item has come, asks for none there.
fn asks_for_none(cycle: &[Step], span: Span, start: usize) -> bool {
    let mut steps = (0..cycle.len()).map(|by| (start + cycle.len() - 1 - by) % cycle.len());
    let items = steps.try_fold(Fraction::ZERO, |items, at| {
        let (least, had) = least(cycle, at, span);
        let items = least.worth.times(items)?.plus(least.stored)?;
        items.or_zero().plus(had)
    });
    items.is_none_or(|items| !items.is_positive())
}

/// What an item is worth after a round, and all that is stored on the way, in items of the first edge. `None`: too large
/// a number.
fn round(cycle: &[Step], span: Span) -> Option<(Fraction, Fraction)> {
    let mut sums = (Fraction::ONE, Fraction::ZERO);
    for at in 0..cycle.len() {
        let (least, had) = least(cycle, at, span);
        let (worth, stored) = sums;
        sums = (worth.times(least.worth)?, stored.plus(worth.times(least.stored.plus(had)?)?)?);
    }
    Some(sums)
}

/// Whether these are the two edges from a fork to a join that are in step.
fn is_in_step(cycle: &[Step]) -> bool {
    cycle.len() == 2 && cycle.iter().any(|step| step.in_step)
}

/// The flaw of a walk that is refused though it may have none itself, as there were too many to look at.
pub(super) fn flaw_of_walk(cycle: &[Step]) -> Flaw {
    flaw(cycle).or_else(|| suspect(cycle)).unwrap_or(Flaw::Unbalanced)
}

/// What an edge drops, if one does.
fn suspect(cycle: &[Step]) -> Option<Flaw> {
    let drops = |step: &&Step| step.counts.drops_beyond.is_some();
    cycle.iter().find(drops).map(|step| Flaw::Doubt(Doubt::Drops(step.from.edge()), step.at))
}

/// The edge into a join of which the fewest further items are enough.
fn short(cycle: &[Step], stored: Fraction) -> Option<Short> {
    let mut best: Option<Short> = None;
    let mut worth = Fraction::ONE;
    for step in cycle {
        let counts = step.counts.in_all;
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
    let doubtful = cycle.iter().find(|step| step.doubt.is_some()).map(|step| step.to.edge());
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
        let worth = step.counts.in_all.worth;
        match (step.from, step.to) {
            (Wait::Room(_), Wait::Room(_)) => worths.0 = worths.0.times(worth)?,
            (Wait::Item(_), Wait::Item(_)) => worths.1 = worths.1.over(worth)?,
            _ => {}
        }
    }
    Some(worths)
}
