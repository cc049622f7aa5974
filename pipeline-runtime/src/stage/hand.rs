//! Items that have been received and have no fate yet, kept outside their task: by a batch, or by a body in flight.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering::*};

use super::task::Fate;
use crate::core::{Core, StageMeter};

/// Items that some other place than their task is to bring to their fate. Dropped, they are discarded.
pub struct Hand {
    /// Whole items.
    pub(super) items: u64,
    /// Items that came apart: the last of its parts brings an item to its fate.
    pub(super) parts: Vec<Arc<Parted>>,
    home: Home,
    /// A body is at work on them.
    in_body: bool,
}

/// The stage whose account it is.
#[derive(Clone)]
pub(super) struct Home {
    pub(super) core: Arc<Core>,
    pub(super) stage: usize,
}

impl Home {
    fn meter(&self) -> &StageMeter {
        self.core.stage(self.stage)
    }
}

impl Hand {
    pub(super) fn new(items: u64, parts: Vec<Arc<Parted>>, home: Home) -> Self {
        Self { items, parts, home, in_body: false }
    }

    /// A body is at work on the items from now on.
    pub(crate) fn into_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// A part of what is in the hand, which has come apart.
    pub(super) fn part(&mut self) -> Self {
        if self.items > 0 {
            let items = std::mem::take(&mut self.items);
            self.parts.push(Arc::new(Parted::new(items, self.home.clone())));
        }
        Self::new(0, self.parts.clone(), self.home.clone())
    }

    /// What is in the hand came apart into nothing, and so is done.
    pub(super) fn done(mut self) {
        self.parts.iter().for_each(|part| part.note(Fate::Done));
        self.home.meter().done.fetch_add(std::mem::take(&mut self.items), Relaxed);
    }

    /// What is in the hand, for the task that takes it back.
    pub(super) fn release(mut self) -> (u64, Vec<Arc<Parted>>) {
        (std::mem::take(&mut self.items), std::mem::take(&mut self.parts))
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        if self.items == 0 && self.parts.is_empty() {
            return;
        }
        let meter = self.home.meter();
        // The body that panicked is dropped first, and the others in its wake.
        let by_panic =
            self.in_body && std::thread::panicking() && self.home.core.struck_by_panic(self.home.stage, true);
        if by_panic {
            self.parts.iter().for_each(|part| part.note(Fate::Failed));
        }
        count_dropped(meter, self.items, by_panic);
    }
}

/// Items that are dropped in hand: those that a panic struck have failed, all others are discarded.
pub(super) fn count_dropped(meter: &StageMeter, items: u64, by_panic: bool) {
    if items > 0 {
        let to = if by_panic { &meter.failed } else { &meter.discarded };
        to.fetch_add(items, Relaxed);
    }
}

/// An item whose parts go their own ways. It is counted when the last of them is gone, by the gravest thing that
/// happened to any; if nothing did, it is discarded.
pub(super) struct Parted {
    /// How many it is: a batch may have come apart.
    items: u64,
    fate: AtomicU8,
    home: Home,
}

impl Parted {
    pub(super) fn new(items: u64, home: Home) -> Self {
        Self { items, fate: AtomicU8::new(0), home }
    }

    pub(super) fn note(&self, fate: Fate) {
        self.fate.fetch_max(fate as u8 + 1, AcqRel);
    }
}

impl Drop for Parted {
    fn drop(&mut self) {
        let fates = [Fate::Filtered, Fate::Done, Fate::Skipped, Fate::Rejected, Fate::Failed];
        let fate = *self.fate.get_mut();
        let meter = self.home.meter();
        let counter = match fates.into_iter().find(|known| *known as u8 + 1 == fate) {
            None => &meter.discarded,
            Some(Fate::Filtered) => &meter.filtered,
            Some(Fate::Done) => &meter.done,
            Some(Fate::Skipped) => &meter.skipped,
            Some(Fate::Rejected) => &meter.rejected,
            Some(Fate::Failed) => &meter.failed,
        };
        counter.fetch_add(self.items, Relaxed);
    }
}
