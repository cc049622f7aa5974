//! The bucket of a rate, and what has been taken out of it and has not gone.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, Quota};
use tokio::time::Instant;

use super::clock::{Moment, Rate, TokioClock, at};

/// Items that share a reading of the clock bring the bucket no more than this in time, which no timer can tell.
const SHARED: Duration = Duration::from_micros(1);

/// And they are no more than this: then the clock costs nothing.
const MOST: u32 = 64;

/// A bucket of which several items are taken by one reading of the clock, if the rate is so high that nobody can tell.
///
/// It is as much smaller as may be taken and not gone, so that together they are never more than the quota has. What is lost of
/// it is what comes meanwhile to a bucket that is full: an item may have to wait for [`SHARED`] where it need not.
pub(super) struct Bucket {
    rate: Rate<NotKeyed, InMemoryState>,
    /// Taken, and not gone.
    taken: AtomicU32,
    /// How many are taken at a time, the one included that goes at once.
    share: NonZeroU32,
}

impl Bucket {
    pub(super) fn new(quota: Quota) -> Self {
        let burst = quota.burst_size().get();
        let shared = SHARED.as_nanos() / quota.replenish_interval().as_nanos().max(1);
        let share = u32::try_from(shared).unwrap_or(MOST).min(MOST).min(burst / 2);
        let share = NonZeroU32::new(share).unwrap_or(NonZeroU32::MIN);
        let taken = share.get() - 1;
        let smaller = NonZeroU32::new(burst - taken).unwrap_or(NonZeroU32::MIN);
        let rate = Rate::new(quota.allow_burst(smaller), InMemoryState::default(), TokioClock);
        Self { rate, taken: AtomicU32::new(taken), share }
    }

    /// Takes an item, or says when there will be one. The clock is read only if it matters.
    #[inline]
    pub(super) fn take(&self, now: impl FnOnce() -> Instant) -> Result<(), Instant> {
        let taken = self.taken.fetch_update(Relaxed, Relaxed, |taken| taken.checked_sub(1));
        if taken.is_ok() { Ok(()) } else { at(now(), || self.take_out()) }
    }

    fn take_out(&self) -> Result<(), Instant> {
        let share = self.share.get();
        if share > 1 && matches!(self.rate.check_n(self.share), Ok(Ok(()))) {
            // Of two that do this at once one leaves its own: no more may be out than the bucket has been made smaller by.
            let _ = self.taken.compare_exchange(0, share - 1, Relaxed, Relaxed);
            return Ok(());
        }
        self.rate.check().map_err(not_before)
    }
}

pub(super) fn not_before(refused: NotUntil<Moment>) -> Instant {
    refused.earliest_possible().0
}
