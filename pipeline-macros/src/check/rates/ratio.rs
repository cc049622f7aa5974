//! How many items a statement takes for each that it gives, and how many it may hold back.

use crate::{
    check::{any_may_fail, has_question},
    graph::{Arg, Head, JoinKind, OnError, Op, Statement},
    ops::OpKind,
};

/// A fixed ratio. The numbers are those of the items that are taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Ratio {
    /// Items taken for each one given.
    pub(super) takes: u64,
    /// Items that may have been taken at most without anything being given for them.
    pub(super) holds: u64,
    /// Of these, those that are left out for good: the others are given at the end, as a smaller group.
    pub(super) left_out: u64,
}

impl Ratio {
    /// Each item gives one.
    pub(super) const ONE: Ratio = Ratio { takes: 1, holds: 0, left_out: 0 };

    /// `n` items give one.
    pub(super) fn group(n: u64) -> Self {
        let takes = n.max(1);
        Ratio { takes, holds: takes - 1, left_out: 0 }
    }

    /// `n` items give nothing.
    fn without(n: u64) -> Self {
        Ratio { takes: 1, holds: n, left_out: n }
    }

    /// Two operators, one behind the other; `None` if a number is too large.
    fn then(self, next: Ratio) -> Option<Ratio> {
        let takes = self.takes.checked_mul(next.takes)?;
        let sum = |of: fn(Ratio) -> u64| self.takes.checked_mul(of(next))?.checked_add(of(self));
        Some(Ratio { takes, holds: sum(|ratio| ratio.holds)?, left_out: sum(|ratio| ratio.left_out)? })
    }
}

/// What is known of the numbers of items on both sides of a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bounds {
    /// No more comes of it than this; `None`: there may be any number.
    pub(super) most: Option<Ratio>,
    /// No less comes of it than this; `None`: there may be nothing.
    pub(super) least: Option<Ratio>,
}

impl Bounds {
    /// A fixed ratio.
    pub(super) const fn exactly(ratio: Ratio) -> Self {
        Self { most: Some(ratio), least: Some(ratio) }
    }

    /// Items are left out.
    pub(super) const fn at_most(ratio: Ratio) -> Self {
        Self { most: Some(ratio), least: None }
    }

    /// Nothing is known.
    pub(super) const ANY: Bounds = Bounds { most: None, least: None };

    /// Two operators, one behind the other.
    fn then(self, next: Bounds) -> Self {
        let both = |one: Option<Ratio>, other: Option<Ratio>| one?.then(other?);
        Self { most: both(self.most, next.most), least: both(self.least, next.least) }
    }
}

/// Which groups a statement may have begun without having given anything for them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Begun {
    /// One at most.
    One,
    /// One of each key: an item is the last of one at most.
    OfEachKey,
    /// One of each key, and time gives all of them away.
    OfEachKeyByTime,
}

/// Which groups the statement may have begun.
pub(super) fn begun(statement: &Statement) -> Begun {
    let groups = || statement.ops.iter().filter(|op| matches!(op.spec.kind, OpKind::Batch | OpKind::Window));
    match statement.attrs.keyed {
        Some(_) if groups().any(|op| matches!(of_op(op, false), Err(Unknown::Timed(_)))) => Begun::OfEachKeyByTime,
        Some(_) if groups().next().is_some() => Begun::OfEachKey,
        _ => Begun::One,
    }
}

/// What is known of a statement, of one of its inputs while there are no items of others.
pub(super) fn bounds(statement: &Statement) -> Bounds {
    let mut bounds = of_ops(statement, &statement.ops);
    let may_fail = has_question(statement) || any_may_fail(statement);
    if may_fail && statement.attrs.on_error != OnError::Fail {
        bounds.least = None;
    }
    bounds
}

fn of_ops(statement: &Statement, ops: &[Op]) -> Bounds {
    let keyed = statement.attrs.keyed.is_some();
    ops.iter().fold(Bounds::exactly(Ratio::ONE), |bounds, op| bounds.then(bounds_of_op(op, keyed)))
}

/// Items of the input in one of the bodies in flight.
pub(super) fn before_flight(statement: &Statement) -> u64 {
    let before = statement.in_flight_op().and_then(|at| statement.ops.get(..at)).unwrap_or_default();
    of_ops(statement, before).most.map_or(1, |ratio| ratio.takes)
}

fn bounds_of_op(op: &Op, keyed: bool) -> Bounds {
    match of_op(op, keyed) {
        Ok(ratio) => Bounds::exactly(ratio),
        // of each key there is one for n at most
        Err(Unknown::Keyed(_)) => Bounds { least: None, ..bounds_of_op(op, false) },
        Err(Unknown::LeavesOut(_) | Unknown::NoLiteral(_)) => Bounds::at_most(Ratio::ONE),
        // none is empty, and no item is in two
        Err(Unknown::Timed(op)) if op.option("last").is_none() => {
            let full = literal(op, op.args.first()).ok().filter(|_| op.spec.kind == OpKind::Batch);
            Bounds { most: Some(Ratio::ONE), least: full.map(Ratio::group) }
        }
        Err(_) => Bounds::ANY,
    }
}

/// Why a statement has no fixed ratio.
#[derive(Clone, Copy)]
pub(super) enum Unknown<'a> {
    /// The input is mixed of several.
    Input(JoinKind),
    /// Failed items are left out.
    Failures,
    /// The operator leaves out items as it likes.
    LeavesOut(&'a Op),
    /// The operator gives any number of items for one.
    Multiplies(&'a Op),
    /// The groups are closed by time.
    Timed(&'a Op),
    /// The number is not a literal.
    NoLiteral(&'a Op),
    /// The operator counts for each key.
    Keyed(&'a Op),
    /// The numbers are too large for any run.
    TooLarge,
}

/// The ratio from a statement's input to what stands behind its last operator.
pub(super) fn of(statement: &Statement) -> Result<Ratio, Unknown<'_>> {
    if let Head::Join { kind: kind @ (JoinKind::Merge | JoinKind::Concat), .. } = statement.head {
        return Err(Unknown::Input(kind));
    }
    let may_fail = has_question(statement) || any_may_fail(statement);
    if may_fail && statement.attrs.on_error != OnError::Fail {
        return Err(Unknown::Failures);
    }
    let keyed = statement.attrs.keyed.is_some();
    statement.ops.iter().try_fold(Ratio::ONE, |ratio, op| {
        let next = of_op(op, keyed)?;
        ratio.then(next).ok_or(Unknown::TooLarge)
    })
}

fn of_op(op: &Op, keyed: bool) -> Result<Ratio, Unknown<'_>> {
    match op.spec.kind {
        OpKind::Map | OpKind::Inspect | OpKind::Enumerate | OpKind::Scan | OpKind::MapInit => Ok(Ratio::ONE),
        OpKind::Filter | OpKind::FilterMap | OpKind::SkipWhile | OpKind::Dedup => Err(Unknown::LeavesOut(op)),
        OpKind::Skip | OpKind::Take | OpKind::TakeWhile | OpKind::Batch | OpKind::Window if keyed => {
            Err(Unknown::Keyed(op))
        }
        // who has ended waits for nobody, and nobody for him
        OpKind::Take | OpKind::TakeWhile => Ok(Ratio::ONE),
        OpKind::Skip => literal(op, op.args.first()).map(Ratio::without),
        OpKind::Batch if op.args.len() > 1 => Err(Unknown::Timed(op)),
        OpKind::Batch => grouped(op, op.args.first()),
        OpKind::Window if op.is_by_time() => Err(Unknown::Timed(op)),
        OpKind::Window => grouped(op, op.option("count")),
        // those that no stage goes on behind are not asked about
        _ => Err(Unknown::Multiplies(op)),
    }
}

fn grouped<'a>(op: &'a Op, size: Option<&'a Arg>) -> Result<Ratio, Unknown<'a>> {
    literal(op, size).map(Ratio::group)
}

fn literal<'a>(op: &'a Op, arg: Option<&'a Arg>) -> Result<u64, Unknown<'a>> {
    match arg {
        Some(Arg::Setting(setting)) => setting.constant().ok_or(Unknown::NoLiteral(op)),
        _ => Err(Unknown::NoLiteral(op)),
    }
}
