//! `#![retry_budget(…)]`: how much may be tried again in a whole pipeline, so that an outage is not multiplied.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Into how many parts the window is divided: that much of it falls out at once.
const SLOTS: usize = 10;

/// What `#![retry_budget(…)]` says.
#[derive(Clone, Copy)]
pub struct RetryBudget {
    /// Of the items whose first attempt was within the window, how many may be tried again.
    pub(crate) ratio: f64,
    /// And so many besides, however few the items.
    pub(crate) floor: usize,
    /// The window.
    pub(crate) per: Duration,
}

/// The budget of a run: a sliding window over first attempts and further ones, of all its stages.
pub(crate) struct Budget {
    settings: RetryBudget,
    window: Mutex<Window>,
}

struct Window {
    slots: [Slot; SLOTS],
    /// The one that is being counted in.
    at: usize,
    /// When that began.
    since: Instant,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    items: u64,
    retries: u64,
}

impl Budget {
    pub(crate) fn new(settings: RetryBudget) -> Self {
        let window = Window { slots: [Slot::default(); SLOTS], at: 0, since: Instant::now() };
        Self { settings, window: Mutex::new(window) }
    }

    /// An item is tried for the first time.
    pub(super) fn item(&self) {
        self.in_window(|window| window.slots[window.at].items += 1);
    }

    /// Whether an item may be tried again: then it is counted.
    pub(super) fn allows(&self) -> bool {
        let RetryBudget { ratio, floor, .. } = self.settings;
        self.in_window(|window| {
            let sum = |count: fn(&Slot) -> u64| window.slots.iter().map(count).sum::<u64>();
            let most = floor as f64 + ratio * sum(|slot| slot.items) as f64;
            let allowed = (sum(|slot| slot.retries) + 1) as f64 <= most;
            window.slots[window.at].retries += u64::from(allowed);
            allowed
        })
    }

    fn in_window<T>(&self, count: impl FnOnce(&mut Window) -> T) -> T {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = (self.settings.per / SLOTS as u32).max(Duration::from_nanos(1));
        window.slide(slot);
        count(&mut window)
    }
}

impl Window {
    /// What has fallen out is forgotten.
    fn slide(&mut self, slot: Duration) {
        let passed = self.since.elapsed().as_nanos() / slot.as_nanos();
        for _ in 0..passed.min(SLOTS as u128) {
            self.at = (self.at + 1) % SLOTS;
            self.slots[self.at] = Slot::default();
        }
        match u32::try_from(passed) {
            Ok(passed) => self.since += slot * passed,
            Err(_) => self.since = Instant::now(),
        }
    }
}
