//! A rate: no more than so many items in so much time. The arithmetic is governor's (the generic cell rate algorithm), the clock
//! tokio's, and those that wait stand in a line of ours: governor's own waits are first come, first served by luck alone.

mod bucket;
mod clock;
mod line;
mod quota;
#[cfg(test)]
mod tests;

use std::fmt;
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::time::Duration;

use governor::Quota;
use governor::state::keyed::HashMapStateStore;
use tokio::time::Instant;

use super::setting::SettingError;
use bucket::{Bucket, not_before};
use clock::{Rate, TokioClock};
use line::{Line, Lines};
use quota::{no_quota, quota};

/// Lets items go at a rate, shared by all its clones: between the workers of a stage, between stages, between pipelines.
///
/// It is a bucket that holds `burst` items at most, is full at first, and gets one more each `per / n`. An item goes at once while
/// there is one in it, and else waits for the next. So after a pause `burst` items go at once; with a burst of 1 they are never
/// closer than `per / n`.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(async {
/// use std::time::Duration;
/// use pipeline_runtime::Limiter;
/// use tokio::time::Instant;
///
/// let start = Instant::now();
/// let limiter = Limiter::new(100, Duration::from_secs(1))?;
/// for _ in 0..100 {
///     limiter.ready().await;
/// }
/// assert_eq!(start.elapsed(), Duration::ZERO);
/// for _ in 0..100 {
///     limiter.ready().await;
/// }
/// assert_eq!(start.elapsed(), Duration::from_secs(1));
/// # Ok::<(), pipeline_runtime::SettingError>(())
/// # }).unwrap();
/// ```
///
/// In a [pipeline](crate::pipeline!#around-a-body) it is shared by stages:
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(async {
/// use std::time::Duration;
/// use pipeline_runtime::{Limiter, pipeline};
/// use tokio::time::Instant;
///
/// let start = Instant::now();
/// let limiter = Limiter::with_burst(10, Duration::from_secs(1), 1)?;
/// let calls = pipeline! {
///     source keys = 0..5u64;
///     #[rate(&limiter)]
///     sink done = keys.for_each(async |_| {});
/// };
/// calls.run().await?;
/// assert_eq!(start.elapsed(), Duration::from_millis(400));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
///
/// At more than a million items per second some of them share a reading of the clock, and one may go up to a microsecond later
/// than that, but none earlier.
///
/// The time is tokio's, whose timer wakes at whole milliseconds. An item that waits goes at the first one at which it may, and
/// what the bucket has got by then goes with it. So a rate above 1,000 per second needs a burst of what it brings in a
/// millisecond, to be reached.
#[derive(Clone)]
pub struct Limiter {
    shared: Arc<Shared>,
}

struct Shared {
    bucket: Bucket,
    line: Line,
}

impl Limiter {
    /// One that lets all go, in the place of one that cannot be: nothing runs with it.
    pub(crate) fn free() -> Self {
        Self::of(no_quota())
    }

    /// `n` items per `per`, and as many at once.
    ///
    /// # Errors
    ///
    /// `n` or `per` is zero, or `per` longer than 30 years.
    pub fn new(n: u32, per: Duration) -> Result<Self, SettingError> {
        Self::with_burst(n, per, n)
    }

    /// `n` items per `per`, and `burst` at once.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new); or `burst` is zero, or takes longer than 30 years to come together.
    pub fn with_burst(n: u32, per: Duration, burst: u32) -> Result<Self, SettingError> {
        quota(n, per, burst).map(Self::of)
    }

    fn of(quota: Quota) -> Self {
        Self { shared: Arc::new(Shared { bucket: Bucket::new(quota), line: Line::default() }) }
    }

    /// Waits until an item may go, and tells how long. Those that wait go in the order in which they came.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, it has taken nothing from the rate.
    ///
    /// # Panics
    ///
    /// When it waits outside of a tokio runtime, or in one without time.
    #[inline]
    pub async fn ready(&self) -> Duration {
        if self.try_ready() { Duration::ZERO } else { self.shared.line.wait(|| self.go(Instant::now)).await }
    }

    /// Whether an item may go now; if so, it has. Those that wait have the first claim.
    #[inline]
    pub fn try_ready(&self) -> bool {
        self.try_ready_at(Instant::now)
    }

    /// The same, by a clock that may have been read already. It is read only if it matters.
    #[inline]
    pub(super) fn try_ready_at(&self, now: impl FnOnce() -> Instant) -> bool {
        self.shared.line.is_empty() && self.go(now).is_ok()
    }

    #[inline]
    fn go(&self, now: impl FnOnce() -> Instant) -> Result<(), Instant> {
        self.shared.bucket.take(now)
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Limiter(..)")
    }
}

/// Lets the items of each key go at a rate, shared by all its clones.
///
/// A stage shares it by `#[rate(&limiter, by = |x| key)]`.
///
/// Each key has a bucket of its own, as a [`Limiter`] has one. A key whose bucket is full again is forgotten now and then: what is
/// held are the keys that were used within the time in which a bucket fills, and at most as many again, or a thousand.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(async {
/// use std::time::Duration;
/// use pipeline_runtime::KeyedLimiter;
///
/// let limiter = KeyedLimiter::new(1, Duration::from_secs(1))?;
/// assert_eq!(limiter.ready(&"alice").await, Duration::ZERO);
/// assert_eq!(limiter.ready(&"bob").await, Duration::ZERO);
/// assert_eq!(limiter.ready(&"alice").await, Duration::from_secs(1));
/// # Ok::<(), pipeline_runtime::SettingError>(())
/// # }).unwrap();
/// ```
pub struct KeyedLimiter<K: Clone + Eq + Hash> {
    shared: Arc<KeyedShared<K>>,
}

struct KeyedShared<K: Clone + Eq + Hash> {
    rate: Rate<K, HashMapStateStore<K>>,
    lines: Lines<K>,
    /// How many items are still to go before keys are forgotten.
    until_sweep: AtomicUsize,
}

/// Keys are forgotten after as many items as there were keys, and not more often than this.
const SWEEP_AFTER: usize = 1_000;

impl<K: Clone + Eq + Hash> KeyedLimiter<K> {
    /// One that lets all go, in the place of one that cannot be: nothing runs with it.
    pub(crate) fn free() -> Self {
        let rate = Rate::new(no_quota(), HashMapStateStore::default(), TokioClock);
        let until_sweep = AtomicUsize::new(SWEEP_AFTER);
        Self { shared: Arc::new(KeyedShared { rate, lines: Lines::default(), until_sweep }) }
    }

    /// For each key `n` items per `per`, and as many at once.
    ///
    /// # Errors
    ///
    /// As [`Limiter::new`].
    pub fn new(n: u32, per: Duration) -> Result<Self, SettingError> {
        Self::with_burst(n, per, n)
    }

    /// For each key `n` items per `per`, and `burst` at once.
    ///
    /// # Errors
    ///
    /// As [`Limiter::with_burst`].
    pub fn with_burst(n: u32, per: Duration, burst: u32) -> Result<Self, SettingError> {
        let rate = Rate::new(quota(n, per, burst)?, HashMapStateStore::default(), TokioClock);
        let until_sweep = AtomicUsize::new(SWEEP_AFTER);
        Ok(Self { shared: Arc::new(KeyedShared { rate, lines: Lines::default(), until_sweep }) })
    }

    /// Waits until an item of the key may go, and tells how long. Those that wait for the same key go in the order in which they
    /// came; those of other keys do not wait for them.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, it has taken nothing from the rate.
    ///
    /// # Panics
    ///
    /// When it waits outside of a tokio runtime, or in one without time.
    #[inline]
    pub async fn ready(&self, key: &K) -> Duration {
        if self.try_ready(key) { Duration::ZERO } else { self.shared.lines.of(key).wait(|| self.go(key)).await }
    }

    /// Whether an item of the key may go now; if so, it has. Those that wait have the first claim.
    #[inline]
    pub fn try_ready(&self, key: &K) -> bool {
        !self.shared.lines.has(key) && self.go(key).is_ok()
    }

    /// The same, by a clock that may have been read already. It is read only if nobody waits.
    #[inline]
    pub(super) fn try_ready_at(&self, key: &K, now: impl FnOnce() -> Instant) -> bool {
        !self.shared.lines.has(key) && clock::at(now(), || self.go(key)).is_ok()
    }

    /// How many keys are held.
    pub fn keys(&self) -> usize {
        self.shared.rate.len()
    }

    fn go(&self, key: &K) -> Result<(), Instant> {
        self.shared.rate.check_key(key).map_err(not_before)?;
        if self.shared.until_sweep.fetch_sub(1, Relaxed) == 1 {
            self.forget_full_ones();
        }
        Ok(())
    }

    /// Whoever counts to zero does it; meanwhile the count goes on below zero, which is far from zero.
    #[cold]
    fn forget_full_ones(&self) {
        let Self { shared } = self;
        shared.rate.retain_recent();
        shared.rate.shrink_to_fit();
        shared.until_sweep.store(shared.rate.len().max(SWEEP_AFTER), Relaxed);
    }
}

impl<K: Clone + Eq + Hash> Clone for KeyedLimiter<K> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<K: Clone + Eq + Hash> fmt::Debug for KeyedLimiter<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyedLimiter").field("keys", &self.keys()).finish_non_exhaustive()
    }
}
