//! The right to make one call, and the word that it has not been given.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::class::{CallClass, Verdict};
use super::shared::Shared;
use super::state::BreakerState;

/// The right to make one call through a [`Breaker`](crate::Breaker).
///
/// What the call comes to is [recorded](Self::record). A permit that is dropped counts as neither success nor failure: the
/// call was cancelled. A trial call's place is then free for another.
#[must_use = "a permit that is dropped says that the call was cancelled"]
pub struct BreakerPermit<'breaker, C: CallClass = Verdict> {
    shared: &'breaker Shared<C>,
    generation: u64,
    /// Kept only where slow calls are watched.
    granted: Option<Instant>,
    waited: Duration,
}

impl<'breaker, C: CallClass> BreakerPermit<'breaker, C> {
    #[inline]
    pub(super) fn new(
        shared: &'breaker Shared<C>,
        generation: u64,
        waited: Duration,
        now: impl FnOnce() -> Instant,
    ) -> Self {
        let granted = shared.slow_after.is_some().then(now);
        Self { shared, generation, granted, waited }
    }

    /// How long it was waited for.
    pub fn waited(&self) -> Duration {
        self.waited
    }

    /// The call has come to this, in the time since the permit was given.
    ///
    /// Has no effect but on the account if the breaker has gone on to another state since then.
    #[inline(always)]
    pub fn record(self, class: C) {
        let slow = self.granted.zip(self.shared.slow_after).is_some_and(|(granted, after)| granted.elapsed() >= after);
        self.end(&class, slow);
    }

    /// [`record`](Self::record) for a call that has taken `elapsed`, where that is not the time since the permit was given.
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
    /// use std::time::Duration;
    /// use pipeline_runtime::{Breaker, Verdict};
    ///
    /// let breaker = Breaker::builder().slow_calls(Duration::from_secs(1), 0.5).build()?;
    /// breaker.acquire().await.record_after(Verdict::Success, Duration::from_secs(3));
    /// assert_eq!(breaker.account().slow, 1);
    /// # Ok::<(), pipeline_runtime::SettingError>(())
    /// # }).unwrap();
    /// ```
    #[inline]
    pub fn record_after(self, class: C, elapsed: Duration) {
        let slow = self.shared.slow_after.is_some_and(|after| elapsed >= after);
        self.end(&class, slow);
    }

    /// Whether the breaker is still in the state in which it was given.
    pub(crate) fn is_current(&self) -> bool {
        self.shared.gate.is_current(self.generation)
    }

    /// Whether it is one of the few that a half-open breaker gives, and the breaker is half-open still.
    pub(crate) fn is_trial(&self) -> bool {
        self.shared.gate.is_narrow(self.generation)
    }

    /// No call was made.
    pub(crate) fn give_back(self) {
        self.shared.given_back(self.generation);
        std::mem::forget(self);
    }

    /// A class that panics when it is looked at leaves a call that was cancelled.
    #[inline(always)]
    fn end(self, class: &C, slow: bool) {
        self.shared.ended(self.generation, class, slow);
        std::mem::forget(self);
    }
}

impl<C: CallClass> Drop for BreakerPermit<'_, C> {
    fn drop(&mut self) {
        self.shared.cancelled(self.generation);
    }
}

impl<C: CallClass> fmt::Debug for BreakerPermit<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BreakerPermit").field("generation", &self.generation).finish_non_exhaustive()
    }
}

/// The breaker does not let the call through now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakerOpen {
    pub(super) name: Option<Arc<str>>,
    pub(super) state: BreakerState,
    pub(super) retry_after: Option<Duration>,
}

impl BreakerOpen {
    /// The breaker's name, if it has one.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Its state: [`HalfOpen`](BreakerState::HalfOpen) if all trial calls are under way.
    pub fn state(&self) -> BreakerState {
        self.state
    }

    /// How long it was still to be open, if that was known.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

impl fmt::Display for BreakerOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the breaker ")?;
        if let Some(name) = &self.name {
            write!(f, "`{name}` ")?;
        }
        write!(f, "is {}", self.state)?;
        match self.retry_after {
            Some(time) => write!(f, " for another {time:.3?}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for BreakerOpen {}
