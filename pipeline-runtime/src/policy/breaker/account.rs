//! What has become of a breaker's calls.

use std::fmt;
use std::time::Duration;

use super::class::Verdict;

/// The account of a [`Breaker`](crate::Breaker) since it was made, over all that share it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BreakerAccount {
    /// Calls that succeeded.
    pub successes: u64,
    /// Calls that failed.
    pub failures: u64,
    /// Calls whose class says neither.
    pub ignored: u64,
    /// Calls whose permit was dropped: neither.
    pub cancelled: u64,
    /// Of the successes and failures: those that took as long as a slow call.
    pub slow: u64,
    /// Of all: those that ended when the breaker had gone on to another state, and so had no effect on it.
    pub late: u64,
    /// Calls that were not let through: [`try_acquire`](crate::Breaker::try_acquire) said so.
    pub rejected: u64,
    /// How often it has opened, by itself or forced.
    pub opened: u64,
    /// How long it has been open, by itself or forced.
    pub open: Duration,
    /// How long calls have waited in [`acquire`](crate::Breaker::acquire), in sum, those that still wait left out: two that
    /// wait a second side by side have waited two.
    pub paused: Duration,
}

impl BreakerAccount {
    /// Calls that were let through and have ended.
    pub fn calls(&self) -> u64 {
        self.successes + self.failures + self.ignored + self.cancelled
    }

    pub(super) fn count(&mut self, verdict: Verdict, slow: bool) {
        match verdict {
            Verdict::Success => self.successes += 1,
            Verdict::Failure => self.failures += 1,
            Verdict::Ignored => self.ignored += 1,
        }
        self.slow += u64::from(slow);
    }
}

impl fmt::Display for BreakerAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { failures, slow, cancelled, rejected, opened, open, paused, .. } = self;
        let calls = self.calls();
        write!(f, "{calls} calls: {failures} failed, {slow} slow, {cancelled} cancelled; {rejected} rejected; ")?;
        write!(f, "opened {opened} times, for {open:.3?}; waited {paused:.3?}")
    }
}
