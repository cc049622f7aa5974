//! How many items a statement takes for each that it gives, and how many it may hold back.

use crate::{
    check::{any_may_fail, has_question},
    graph::{Arg, Head, JoinKind, OnError, Op, Setting, Statement},
    ops::OpKind,
};

/// A fixed ratio. The numbers are those of the items that are taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Ratio {
    /// Items taken for each one given.
    pub(super) takes: u64,
    /// Items that may have been taken at most without anything being given for them.
    pub(super) holds: u64,
}

impl Ratio {
    /// Each item gives one.
    pub(super) const ONE: Ratio = Ratio { takes: 1, holds: 0 };

    /// Two operators, one behind the other; `None` if a number is too large.
    fn then(self, next: Ratio) -> Option<Ratio> {
        let takes = self.takes.checked_mul(next.takes)?;
        let holds = self.takes.checked_mul(next.holds)?.checked_add(self.holds)?;
        Some(Ratio { takes, holds })
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
        OpKind::Skip => Ok(Ratio { takes: 1, holds: literal(op, op.args.first())? }),
        OpKind::Batch if op.args.len() > 1 => Err(Unknown::Timed(op)),
        OpKind::Batch => grouped(op, op.args.first()),
        OpKind::Window if op.is_by_time() => Err(Unknown::Timed(op)),
        OpKind::Window => grouped(op, op.option("count")),
        // those that no stage goes on behind are not asked about
        _ => Err(Unknown::Multiplies(op)),
    }
}

fn grouped<'a>(op: &'a Op, size: Option<&'a Arg>) -> Result<Ratio, Unknown<'a>> {
    let takes = literal(op, size)?.max(1);
    Ok(Ratio { takes, holds: takes - 1 })
}

fn literal<'a>(op: &'a Op, arg: Option<&'a Arg>) -> Result<u64, Unknown<'a>> {
    match arg {
        Some(Arg::Setting(Setting::Count(n, _))) => Ok(*n),
        _ => Err(Unknown::NoLiteral(op)),
    }
}
