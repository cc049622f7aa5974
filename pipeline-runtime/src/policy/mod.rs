//! What a stage's attributes put around a body.
//!
//! The order is fixed, from the outside: `rate`, then `limit`, then `breaker`, then `retry` around `timeout` around the
//! body. Generated code makes one [`Policies`] for a statement, shared by its workers, and of it an [`Attempts`] for
//! each item:
//!
//! ```text
//! let mut attempts = (&*policies).attempts();
//! (&mut attempts).enter(key).await;               // here an item waits for `rate`, `limit` and `breaker`
//! let result = loop {
//!     (&mut attempts).begin();                    // and the task counts it
//!     match (&mut attempts).within(pin!(body(item.clone()))).await {
//!         Ok(value) => break Ok(value),
//!         Err(error) => if let Some(error) = (&mut attempts).again(error).await { break Err(error) },
//!     }
//! };
//! (&mut attempts).ended(&result);                 // and here the breaker learns of it
//! ```
//!
//! With `breaker` each attempt is shown to it by `tried`: one that tried whether the service is back says so at once.
//!
//! The item stays where it is meanwhile, so that whatever ends the wait finds it in hand: a cancel drops the task, and
//! with it the back-off; a graceful stop lets it go on for as long as the drain time lasts.

pub mod breaker;
mod budget;
mod decide;
mod enter;
pub mod limit;
mod paces;
#[cfg(feature = "rate")]
pub mod rate;
#[cfg(not(feature = "rate"))]
#[path = "no_rate.rs"]
pub mod rate;
mod retry;
mod setting;
mod spare;
mod timeout;

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use tokio::sync::SemaphorePermit;
use tokio::time::Instant;

use breaker::BreakerPermit;

pub(crate) use budget::Budget;
pub use budget::RetryBudget;
pub use decide::{Decide, OnError};
pub use enter::{Breaks, Slots, StageLimit, Unbroken};
pub use paces::{Paces, Unpaced};
use retry::Delays;
pub use retry::Retry;
pub use setting::SettingError;
pub use timeout::{Failed, Timeout};

use crate::core::{Core, StageMeter};
use crate::failure::{AsError, Cause, ErrorView};

/// The policies of a statement whose bodies fail with `X`: the pipeline's error, or [`Failed`] of it where a policy can
/// fail an item. `R` is its `rate`, `B` its `breaker`.
pub struct Policies<X, R = Unpaced, B = Unbroken> {
    core: Arc<Core>,
    stage: usize,
    timeout: Option<Duration>,
    total: Option<Duration>,
    retry: Option<Retry<X>>,
    rate: R,
    slots: Option<Slots>,
    limit: Option<StageLimit>,
    breaker: B,
}

impl<X> Policies<X> {
    /// None yet, of the stage of this number in the run's graph.
    pub(crate) fn new(core: Arc<Core>, stage: usize) -> Self {
        let (timeout, total, retry, slots, limit) = (None, None, None, None, None);
        Self { core, stage, timeout, total, retry, rate: Unpaced, slots, limit, breaker: Unbroken }
    }
}

impl<X, R, B> Policies<X, R, B> {
    /// `timeout(d)`
    pub fn timeout(self, limit: Duration) -> Self {
        Self { timeout: Some(limit), ..self }
    }

    /// `total = d` of it
    pub fn total(self, limit: Duration) -> Self {
        Self { total: Some(limit), ..self }
    }

    /// `retry(…)`
    pub fn retry(self, retry: Retry<X>) -> Self {
        Self { retry: Some(retry), ..self }
    }

    /// All are given.
    pub fn shared(self) -> Arc<Self> {
        Arc::new(self)
    }

    /// What an attempt takes of the item, which is kept.
    pub fn clone_of<T: Clone>(&self, item: &T) -> T {
        item.clone()
    }

    fn meter(&self) -> &StageMeter {
        self.core.stage(self.stage)
    }
}

impl<X, R, B: Breaks> Policies<X, R, B> {
    /// Those of one item.
    pub fn attempts(&self) -> Attempts<'_, X, R, B> {
        Attempts {
            policies: self,
            number: 0,
            began: None,
            spent: false,
            delays: None,
            now: None,
            paced: false,
            breaker: None,
            limit: None,
            slot: None,
        }
    }
}

/// The attempts at one item. Dropped, they end, in a wait too, and give back what they hold.
pub struct Attempts<'a, X, R = Unpaced, B: Breaks = Unbroken> {
    policies: &'a Policies<X, R, B>,
    /// How many have begun.
    number: u32,
    /// When the first one did, if anything depends on it.
    began: Option<Instant>,
    /// There is no time for another one.
    spent: bool,
    /// Made when one has failed.
    delays: Option<Delays>,
    /// The clock as it was read for this item, as long as nothing has been waited for since.
    now: Option<Instant>,
    /// Its rate has let it go.
    paced: bool,
    breaker: Option<BreakerPermit<'a, B::Class>>,
    limit: Option<SemaphorePermit<'a>>,
    slot: Option<SemaphorePermit<'a>>,
}

impl<X, R, B: Breaks> Attempts<'_, X, R, B> {
    /// One begins, which the task counts.
    #[inline]
    pub fn begin(&mut self) {
        self.number += 1;
        if self.number > 1 {
            self.policies.meter().retries.fetch_add(1, Relaxed);
            return;
        }
        if let Some(budget) = self.policies.core.budget() {
            budget.item();
        }
        let timed = self.policies.total.is_some();
        if timed || self.policies.retry.as_ref().is_some_and(|retry| retry.max_elapsed.is_some()) {
            self.began = Some(self.now());
        }
    }

    /// The one that has just failed has been of use before: it counts as the first, from now on.
    pub(crate) fn begin_anew(&mut self) {
        self.number = 1;
        self.delays = None;
        self.now = None;
        if self.began.is_some() {
            self.began = Some(self.now());
        }
    }

    /// One begins among bodies in flight, or at a source: it is counted here.
    #[inline]
    pub fn begin_beside(&mut self) {
        self.policies.meter().attempts.fetch_add(1, Relaxed);
        self.begin();
    }

    /// How many have begun.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// One has failed: waits until it is time for the next (`None`), or gives the error back.
    pub async fn again(&mut self, error: X) -> Option<X> {
        self.now = None;
        match self.delay(&error) {
            Some(delay) if Box::pin(self.back_off(delay)).await => None,
            _ => Some(error),
        }
    }

    /// Waits until it is time for the next one, unless there will be none (`false`).
    async fn back_off(&mut self, delay: Duration) -> bool {
        self.limit = None;
        let (core, stage) = (&self.policies.core, self.policies.stage);
        let ends = self.policies.retry.as_ref().is_some_and(|retry| retry.ends_on_cancel);
        let left = async { if ends { core.left(stage).await } else { std::future::pending().await } };
        let next = async {
            tokio::time::sleep(delay).await;
            self.resume().await
        };
        tokio::select! {
            biased;
            () = left => false,
            goes_on = next => goes_on,
        }
    }

    /// How long to wait for the next one, if there is to be one. A wait at whose end there would be no time is not begun.
    fn delay(&mut self, error: &X) -> Option<Duration> {
        let retry = self.policies.retry.as_ref()?;
        if self.spent || self.number as usize >= retry.attempts || !retry.wants(error) {
            return None;
        }
        let delay = self.delays.get_or_insert_with(|| retry.delays()).next(retry.asked_for(error));
        let ends = |limit: Option<Duration>| self.began?.checked_add(limit?);
        let next = Instant::now().checked_add(delay);
        let is_late = |end: Instant, inclusive: bool| next.is_none_or(|next| next > end || inclusive && next == end);
        let late = ends(self.policies.total).is_some_and(|end| is_late(end, true))
            || ends(retry.max_elapsed).is_some_and(|end| is_late(end, false));
        let allowed = !late && self.policies.core.budget().is_none_or(Budget::allows);
        allowed.then_some(delay)
    }

    /// The time, of which one reading does for all policies until something is waited for.
    #[inline]
    fn now(&mut self) -> Instant {
        *self.now.get_or_insert_with(Instant::now)
    }
}

/// What a body fails with, as what a run fails with.
pub trait FailsWith<E>: Sized {
    /// The cause.
    fn into_cause(self) -> Cause<E>;

    /// How it is seen as an error.
    fn view(view: &ErrorView<E>) -> AsError<Self>;
}

impl<E> FailsWith<E> for E {
    fn into_cause(self) -> Cause<E> {
        Cause::Error(self)
    }

    fn view(view: &ErrorView<E>) -> AsError<Self> {
        view.own
    }
}

impl<E> FailsWith<E> for Failed<E> {
    fn into_cause(self) -> Cause<E> {
        match self {
            Failed::Error(error) => Cause::Error(error),
            Failed::Timeout(timeout) => Cause::Timeout(timeout),
            Failed::Open(open) => Cause::Open(open),
        }
    }

    fn view(view: &ErrorView<E>) -> AsError<Self> {
        view.timed
    }
}
