//! The states of a breaker as its users see them, and the ways between them.

use std::fmt;

use tokio::time::Instant;

/// The state of a [`Breaker`](crate::Breaker).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BreakerState {
    /// Calls go through, and are watched.
    Closed,
    /// No call goes through, until some time.
    Open,
    /// Some calls go through, to see whether the service is back.
    HalfOpen,
    /// No call goes through, until somebody says so.
    ForcedOpen,
    /// Calls go through whatever becomes of them, until somebody says otherwise.
    ForcedClosed,
}

impl BreakerState {
    /// Open, by itself or forced.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::ForcedOpen)
    }

    /// Closed, by itself or forced.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Closed | Self::ForcedClosed)
    }
}

impl fmt::Display for BreakerState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half-open",
            Self::ForcedOpen => "forced open",
            Self::ForcedClosed => "forced closed",
        })
    }
}

/// Why a [`Breaker`](crate::Breaker) went from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BreakerReason {
    /// The latest classes were the sequence of [`trip_on`](crate::BreakerBuilder::trip_on).
    Sequence,
    /// Too many failures without a success between.
    ConsecutiveFailures,
    /// Too large a share of the calls failed.
    FailureRate,
    /// Too large a share of the calls was slow.
    SlowCalls,
    /// A trial call failed or was slow.
    TrialFailed,
    /// All trial calls succeeded.
    TrialPassed,
    /// It has been open for its time.
    TimePassed,
    /// Somebody forced it open or closed, or reset it.
    Outside,
}

impl fmt::Display for BreakerReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sequence => "the sequence of outcomes",
            Self::ConsecutiveFailures => "consecutive failures",
            Self::FailureRate => "the failure rate",
            Self::SlowCalls => "slow calls",
            Self::TrialFailed => "a trial call failed",
            Self::TrialPassed => "the trial calls succeeded",
            Self::TimePassed => "the time open has passed",
            Self::Outside => "from outside",
        })
    }
}

/// A [`Breaker`](crate::Breaker) went from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BreakerTransition {
    /// Which of the breaker's transitions it is, from 1.
    pub number: u64,
    /// The state before.
    pub from: BreakerState,
    /// The state after.
    pub to: BreakerState,
    /// Why.
    pub reason: BreakerReason,
    /// When, by tokio's clock.
    pub at: Instant,
    /// When it will be half-open, if it is open now.
    pub until: Option<Instant>,
}

impl fmt::Display for BreakerTransition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}: {}", self.from, self.to, self.reason)
    }
}
