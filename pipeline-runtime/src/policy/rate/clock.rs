//! Tokio's clock, for governor: it can be paused.

use std::cell::Cell;
use std::ops::Add;
use std::time::Duration;

use governor::RateLimiter;
use governor::clock::{Clock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use tokio::time::Instant;

/// A rate of governor's by tokio's clock.
pub(super) type Rate<K, S> = RateLimiter<K, S, TokioClock, NoOpMiddleware<Moment>>;

thread_local! {
    /// What the clock says while a reading of it is used.
    static READ: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Asks a rate by a reading of the clock that somebody has already made.
#[inline]
pub(super) fn at<T>(now: Instant, ask: impl FnOnce() -> T) -> T {
    /// Keys are the user's, and may panic.
    struct Forget;

    impl Drop for Forget {
        #[inline]
        fn drop(&mut self) {
            READ.set(None);
        }
    }

    READ.set(Some(now));
    let _forget = Forget;
    ask()
}

#[derive(Clone, Copy, Debug)]
pub(super) struct TokioClock;

impl Clock for TokioClock {
    type Instant = Moment;

    fn now(&self) -> Moment {
        Moment(READ.get().unwrap_or_else(Instant::now))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(pub(super) Instant);

impl Add<Nanos> for Moment {
    type Output = Self;

    fn add(self, time: Nanos) -> Self {
        Self(self.0 + Duration::from(time))
    }
}

impl Reference for Moment {
    fn duration_since(&self, earlier: Self) -> Nanos {
        self.0.saturating_duration_since(earlier.0).into()
    }

    fn saturating_sub(&self, time: Nanos) -> Self {
        Self(self.0.checked_sub(time.into()).unwrap_or(self.0))
    }
}
