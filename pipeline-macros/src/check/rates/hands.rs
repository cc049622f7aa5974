//! How many items a statement has in its hands, by the number of its tasks: between what it has taken off an edge and what
//! it has put into one.
//!
//! The numbers are those of the runtime. A test reads them there, and tests on runs hold what follows from them to it.

use super::{
    net::{Holds, Intake},
    ratio,
};
use crate::graph::{Head, Setting, Statement};
use crate::ops::Role;

/// Items that workers are handed out at once, at most, and that an edge passes on at once.
pub(super) const MAX_UNIT: u64 = 128;

/// Chunks that fill an edge, at least: so much of it is passed on at once.
pub(super) const CHUNKS: u64 = 4;

/// Units that workers may be ahead of the one whose turn it is, for each worker.
pub(super) const AHEAD: u64 = 8;

/// Items that keyed workers may have been dealt and not taken up, for each worker.
pub(super) const DEALT: u64 = 128;

/// What a statement that has no room for what it has to give has in its hands, in items of its input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Hands {
    /// At least so many, those that it holds back by its ratio left aside.
    pub(super) full: u64,
    /// By how many they may have been more at another time; `None`: by any number.
    pub(super) varies: Option<u64>,
    /// By how many one output may have been given more than another, at one time more than at another.
    pub(super) parts: Option<u64>,
}

impl Hands {
    /// One task that gives away one item after the other.
    pub(super) const ONE: Hands = Hands { full: 1, varies: Some(0), parts: Some(0) };
}

/// What the statement has in its hands, if its inputs hold so many.
pub(super) fn of(statement: &Statement, intake: Intake, inputs: impl Iterator<Item = Holds>) -> Hands {
    let attrs = &statement.attrs;
    let keyed = attrs.keyed.is_some();
    // an item of one input may be in hand while another one is full; and who sends by himself need have taken nothing
    let mixes = matches!(intake, Intake::Any | Intake::InTurn) && matches!(statement.head, Head::Join { .. });
    let sends_by_itself = statement.via().is_some() || statement.all_ops().any(|op| op.spec.role == Role::Whole);
    let alone = if mixes || sends_by_itself { Hands { full: 0, ..Hands::ONE } } else { Hands::ONE };
    let at_least = |setting: &Setting| setting.constant().unwrap_or(1);
    let flying = attrs.in_flight.as_ref().map(|limit| at_least(limit).saturating_mul(ratio::before_flight(statement)));
    let Some(setting) = &attrs.workers else {
        return Hands { full: alone.full.saturating_add(flying.unwrap_or(0)), ..alone };
    };
    let (workers, known) = (at_least(setting), setting.constant().is_some());
    let flights = attrs.in_flight.as_ref().map(at_least);
    let workers = flights.map_or(workers, |limit| limit.min(workers));
    let ordered = attrs.unordered.is_none();
    // in order only the one who delivers waits for room, and the others go on until they are too far ahead
    let units = match (ordered && workers > 1, keyed) {
        (false, _) => workers.saturating_add(flights.unwrap_or(0)),
        (true, false) => workers.saturating_mul(AHEAD).saturating_add(1),
        (true, true) => workers.saturating_mul(DEALT).saturating_add(1),
    };
    let unit = inputs.map(unit).fold(None, |one: Option<u64>, other| match (one, intake) {
        (None, _) => Some(other),
        (Some(one), Intake::Each) => Some(one.min(other)),
        (Some(one), _) => Some(one.saturating_add(other).min(MAX_UNIT)),
    });
    let spare = unit.unwrap_or(1) - 1;
    let varies = match (keyed, spare, known) {
        (true, ..) => None,
        (false, 0, _) => Some(0),
        (false, _, true) => Some(units.saturating_mul(spare)),
        (false, _, false) => None,
    };
    // in order all units may have gone into one output and none into the other, and at the end of the input all but an item
    let parts = match (keyed, known) {
        _ if !ordered || workers == 1 => Some(0),
        (false, true) => Some(units.saturating_mul(spare.saturating_add(1)).saturating_sub(1)),
        _ => None,
    };
    Hands { full: if mixes { 0 } else { units }, varies, parts }
}

/// What is taken off such an edge at once.
fn unit(holds: Holds) -> u64 {
    match holds {
        Holds::Items(items) => (items / CHUNKS).clamp(1, MAX_UNIT),
        Holds::Drops(items) => items.clamp(1, MAX_UNIT),
        Holds::Unknown | Holds::Nothing => MAX_UNIT,
    }
}
