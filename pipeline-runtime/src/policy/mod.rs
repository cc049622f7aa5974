//! What a stage's attributes put around a body.
//!
//! The order is fixed, from the outside: `rate`, then `limit`, then `breaker`, then `retry` around `timeout` around the
//! body. Generated code makes one [`Policies`] for a statement, shared by its workers, and of it an [`Attempts`] for
//! each item:
//!
//! ```text
//! let mut attempts = (&*policies).attempts();     // here an item waits for `rate`, `limit` and `breaker`
//! let result = loop {
//!     (&mut attempts).begin();
//!     match (&mut attempts).within(body(item.clone())).await {
//!         Ok(value) => break Ok(value),
//!         Err(error) => if let Some(error) = (&mut attempts).again(error).await { break Err(error) },
//!     }
//! };
//! ```
//!
//! The item stays where it is meanwhile, so that whatever ends the wait finds it in hand: a cancel drops the task, and
//! with it the back-off; a graceful stop lets it go on for as long as the drain time lasts.

pub mod breaker;
mod budget;
mod decide;
pub mod limit;
#[cfg(feature = "rate")]
pub mod rate;
mod retry;
mod setting;
mod timeout;

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use tokio::time::Instant;

pub(crate) use budget::Budget;
pub use budget::RetryBudget;
pub use decide::{Decide, OnError};
use retry::Delays;
pub use retry::Retry;
pub use setting::SettingError;
pub use timeout::{Failed, Timeout};

use crate::core::{Core, StageMeter};
use crate::failure::{AsError, Cause, ErrorView};

/// The policies of a statement whose bodies fail with `X`: the pipeline's error, or under `timeout` [`Failed`] of it.
pub struct Policies<X> {
    core: Arc<Core>,
    stage: usize,
    timeout: Option<Duration>,
    total: Option<Duration>,
    retry: Option<Retry<X>>,
}

impl<X> Policies<X> {
    /// None yet, of the stage of this number in the run's graph.
    pub(crate) fn new(core: Arc<Core>, stage: usize) -> Self {
        Self { core, stage, timeout: None, total: None, retry: None }
    }

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

    /// Those of one item.
    pub fn attempts(&self) -> Attempts<'_, X> {
        let timed = self.total.is_some() || self.retry.as_ref().is_some_and(|retry| retry.max_elapsed.is_some());
        let began = timed.then(Instant::now);
        Attempts { policies: self, number: 0, began, spent: false, delays: None }
    }

    /// What an attempt takes of the item, which is kept.
    pub fn clone_of<T: Clone>(&self, item: &T) -> T {
        item.clone()
    }

    fn meter(&self) -> &StageMeter {
        self.core.stage(self.stage)
    }
}

/// The attempts at one item. Dropped, they end, in a back-off too.
pub struct Attempts<'a, X> {
    policies: &'a Policies<X>,
    /// How many have begun.
    number: u32,
    /// When the first one did, if anything depends on it.
    began: Option<Instant>,
    /// There is no time for another one.
    spent: bool,
    /// Made when one has failed.
    delays: Option<Delays>,
}

impl<X> Attempts<'_, X> {
    /// One begins.
    pub fn begin(&mut self) {
        self.number += 1;
        let meter = self.policies.meter();
        meter.attempts.fetch_add(1, Relaxed);
        if self.number > 1 {
            meter.retries.fetch_add(1, Relaxed);
        } else if let Some(budget) = self.policies.core.budget() {
            budget.item();
        }
    }

    /// How many have begun.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// One has failed: waits until it is time for the next (`None`), or gives the error back.
    pub async fn again(&mut self, error: X) -> Option<X> {
        match self.delay(&error) {
            Some(delay) => {
                tokio::time::sleep(delay).await;
                None
            }
            None => Some(error),
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
        }
    }

    fn view(view: &ErrorView<E>) -> AsError<Self> {
        view.timed
    }
}
