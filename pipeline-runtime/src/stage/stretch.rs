//! A stretch: the items that a task goes through without a wait. Meanwhile what changes with each item is in locals of
//! the task's code, where it can stay in registers: the items that are at hand, the account, what was pushed. Guards put
//! it back at the end, also when a panic is the end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::vec;

use super::task::{Held, Tally};
use super::{Fate, Supply};
use crate::ledger::Run;
use crate::policy::FailsWith;
use crate::rejected::Rejected;

/// Why a stretch is over.
pub enum Pause {
    /// No item is at hand, or it is time to look around.
    More,
    /// An output has no room for an item, which is kept.
    Kept,
    /// The stage has come to its end.
    End,
}

/// An item of this stage has failed the run. Its error is kept until its turn.
pub struct GivenUp {
    pub(super) stage: usize,
    pub(super) held: Held,
}

/// The items that are at hand in a stretch.
pub struct AtHand<'a, S: Supply> {
    items: vec::IntoIter<S::Item>,
    supply: &'a mut S,
    left: &'a AtomicBool,
    fuel: u32,
    fuel_left: &'a mut u32,
}

impl<'a, S: Supply> AtHand<'a, S> {
    #[inline(always)]
    pub(super) fn new(supply: &'a mut S, left: &'a AtomicBool, fuel_left: &'a mut u32) -> Self {
        Self { items: supply.lend(), supply, left, fuel: *fuel_left, fuel_left }
    }

    /// The next item, unless it is time to look around.
    #[inline(always)]
    pub fn next(&mut self) -> Option<S::Item> {
        if self.left.load(Relaxed) || self.fuel == 0 {
            return None;
        }
        self.fuel -= 1;
        match self.items.next() {
            Some(item) => Some(item),
            None => self.supply.pop(),
        }
    }
}

impl<S: Supply> Drop for AtHand<'_, S> {
    #[inline(always)]
    fn drop(&mut self) {
        *self.fuel_left = self.fuel;
        self.supply.give_back(std::mem::take(&mut self.items));
    }
}

/// What a task counts in a stretch, and what it has in hand.
pub struct Account<'a, E> {
    pub(super) tally: Tally,
    pub(super) home: &'a mut Tally,
    pub(super) run: &'a Arc<Run<E>>,
    pub(super) stage: usize,
    pub(super) worker: usize,
    pub(super) unit: u64,
    pub(super) bodies: &'a mut u64,
}

impl<E> Account<'_, E> {
    /// An item is taken up.
    #[inline(always)]
    pub fn begin(&mut self) {
        self.tally.begin();
    }

    /// Something has happened to the item.
    #[inline(always)]
    pub fn note(&mut self, fate: Fate) {
        self.tally.note(fate);
    }

    /// One item was passed on.
    #[inline(always)]
    pub fn emitted(&mut self) {
        self.tally.emitted();
    }

    /// The item has met its fate.
    #[inline(always)]
    pub fn settle(&mut self) {
        self.tally.settle();
    }

    /// A clone of the item, which may be wanted after its closure has taken it.
    #[inline]
    pub fn clone_of<T: Clone>(&self, item: &T) -> T {
        item.clone()
    }

    /// The pipeline's error, of one that came in behind `input?`.
    #[cold]
    pub fn error_of<X>(&self, error: X) -> E
    where
        E: From<X>,
    {
        error.into()
    }

    /// The item has failed with `error`, and goes no further.
    pub fn skip<X: FailsWith<E>>(&mut self, error: &X) {
        self.note(Fate::Skipped);
        self.run.skipped(self.stage, error);
    }

    /// What goes to the `else` stream of an item that failed with `error` when it had been tried so often.
    #[cold]
    pub fn rejected<T, X: FailsWith<E>>(&self, item: T, error: X, attempts: u32) -> Rejected<T, X> {
        self.run.rejected(self.stage, item, error, attempts)
    }

    /// What goes there of a failure that came in the place of an item.
    #[cold]
    pub fn rejected_input<T, X: FailsWith<E>>(&self, error: X) -> Rejected<T, X> {
        self.run.rejected_input(self.stage, error)
    }

    /// The item has failed the run.
    #[cold]
    pub fn give_up(&mut self, error: impl FailsWith<E>) -> GivenUp {
        *self.bodies += 1;
        let held = Held(self.run.hold(self.stage, self.worker, (self.unit, *self.bodies), error.into_cause()));
        self.tally.note(Fate::Failed);
        self.tally.settle();
        GivenUp { stage: self.stage, held }
    }

    /// Whether the stage, which shares a task with others, needs further items.
    #[inline(always)]
    pub fn is_open(&self) -> bool {
        !self.run.core.stage(self.stage).gone.load(Relaxed)
    }

    /// The stage, which shares a task with others, has come to its end before its input has.
    #[cold]
    pub fn close(&mut self) {
        self.tally.publish(self.run.core.stage(self.stage));
        self.run.core.leave(self.stage);
    }

    /// From now on a panic outside of any item is this stage's, which shares a task with others.
    #[cold]
    pub fn at_work(&self) {
        self.run.core.at_work(self.stage);
    }
}

impl<E> Drop for Account<'_, E> {
    #[inline(always)]
    fn drop(&mut self) {
        *self.home = std::mem::take(&mut self.tally);
    }
}
