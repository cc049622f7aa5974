//! Items that have been received and have no fate yet, kept outside their task: by a batch, or by a body in flight.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering::*};

use super::task::Fate;
use crate::core::{Core, StageMeter};

/// Items that some other place than their task is to bring to their fate. Dropped, they are discarded.
pub(super) struct Hand {
    load: Load,
    home: Home,
}

/// Items in a place that answers for all that it holds: what becomes of them it tells itself.
#[derive(Default)]
pub struct Load {
    /// Whole items.
    items: u64,
    /// Boxed, for most have none, and a load is moved often.
    parts: Option<Box<Shares>>,
}

/// Shares in items that came apart: the last of its parts brings an item to its fate.
#[derive(Clone, Default)]
struct Shares(Vec<Arc<Parted>>);

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
    pub(super) fn new(load: Load, home: Home) -> Self {
        Self { load, home }
    }

    /// What is in the hand, and more.
    pub(super) fn add(&mut self, load: Load) {
        self.load.items += load.items;
        if let Some(mut shares) = load.parts {
            self.load.parts.get_or_insert_default().0.append(&mut shares.0);
        }
    }

    /// What is in the hand, for the task that takes it back.
    pub(super) fn release(mut self) -> Load {
        std::mem::take(&mut self.load)
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        std::mem::take(&mut self.load).discard(&self.home);
    }
}

impl Load {
    /// So many whole items, and shares in some, which are taken.
    #[inline]
    pub(super) fn new(items: u64, shares: &mut Vec<Arc<Parted>>) -> Self {
        let parts = (!shares.is_empty()).then(|| Box::new(Shares(std::mem::take(shares))));
        Self { items, parts }
    }

    /// The whole items; the shares are added to `shares`.
    #[inline]
    pub(super) fn release(self, shares: &mut Vec<Arc<Parted>>) -> u64 {
        if let Some(mut parts) = self.parts {
            shares.append(&mut parts.0);
        }
        self.items
    }

    /// A part of it, which has come apart.
    pub(super) fn part(&mut self, home: &Home) -> Self {
        let parts = self.parts.get_or_insert_default();
        if self.items > 0 {
            let items = std::mem::take(&mut self.items);
            parts.0.push(Arc::new(Parted::new(items, home.clone())));
        }
        Self { items: 0, parts: Some(parts.clone()) }
    }

    /// It came apart into nothing, and so is done.
    pub(super) fn done(self, home: &Home) {
        self.note(Fate::Done);
        home.meter().done.fetch_add(self.items, Relaxed);
    }

    fn note(&self, fate: Fate) {
        self.parts.iter().flat_map(|shares| &shares.0).for_each(|part| part.note(fate));
    }

    /// It is dropped.
    pub(super) fn discard(self, home: &Home) {
        count_dropped(home.meter(), self.items, false);
    }

    /// It is dropped where the stage panics: unless the panic struck something further inside, it has failed.
    pub(super) fn struck(self, home: &Home) {
        if self.items == 0 && self.parts.is_none() {
            return;
        }
        let by_panic = home.core.struck_by_panic(home.stage, true);
        if by_panic {
            self.note(Fate::Failed);
        }
        count_dropped(home.meter(), self.items, by_panic);
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
