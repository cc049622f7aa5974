//! What an item waits for before its body begins: `rate`, then `limit`, then `breaker`.
//!
//! Nothing is held idle. A permit of `limit` is asked for before the breaker is looked at, so that no call goes that has
//! waited while the breaker opened; it is given back while the breaker pauses and while an item waits for its next attempt.
//! Whatever ends a wait drops its future, and with it what was held. These futures are boxed: they are large, most items need
//! none, and a body in flight is moved with all that it may have to wait for.

use std::future::pending;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use super::breaker::{Breaker, BreakerOpen, CallClass, Verdict};
use super::limit::{Limit, LimitClosed};
use super::{Attempts, Failed, Paces, Policies};

/// What may keep an item from its body.
pub trait Breaks: Send + Sync {
    /// What calls come to.
    type Class: CallClass;

    /// The breaker.
    fn breaker(&self) -> Option<&Breaker<Self::Class>>;

    /// Whether an item waits while the breaker is open.
    fn pauses(&self) -> bool;
}

/// No `breaker`.
pub struct Unbroken;

impl Breaks for Unbroken {
    type Class = Verdict;

    #[inline]
    fn breaker(&self) -> Option<&Breaker> {
        None
    }

    fn pauses(&self) -> bool {
        false
    }
}

/// `breaker(…)`, and what says of what class a result is.
pub struct Breaking<C: CallClass, F> {
    breaker: Breaker<C>,
    classify: F,
    pauses: bool,
}

impl<C: CallClass, F: Send + Sync> Breaks for Breaking<C, F> {
    type Class = C;

    #[inline]
    fn breaker(&self) -> Option<&Breaker<C>> {
        Some(&self.breaker)
    }

    #[inline]
    fn pauses(&self) -> bool {
        self.pauses
    }
}

/// `limit(&semaphore)`, and what happens when somebody closes it.
pub struct StageLimit {
    pub(super) limit: Limit,
    closed: Box<dyn Fn(LimitClosed) + Send + Sync>,
}

impl StageLimit {
    pub(crate) fn new(limit: Limit, closed: impl Fn(LimitClosed) + Send + Sync + 'static) -> Self {
        Self { limit, closed: Box::new(closed) }
    }

    /// Does not return if the limit is closed, for then the run ends.
    async fn acquire(&self) -> SemaphorePermit<'_> {
        match self.limit.acquire().await {
            Ok(permit) => permit,
            Err(closed) => {
                (self.closed)(closed);
                pending().await
            }
        }
    }
}

/// The bodies in flight, where those that wait for their `rate` are none of them.
pub struct Slots(Semaphore);

impl Slots {
    async fn take(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed.
        self.0.acquire().await.ok()
    }
}

impl<X, R, B> Policies<X, R, B> {
    /// `limit(&semaphore)`
    pub fn limit(self, limit: StageLimit) -> Self {
        Self { limit: Some(limit), ..self }
    }

    /// `in_flight(n)`, where items wait beside it.
    pub fn in_flight(self, limit: usize) -> Self {
        Self { slots: Some(Slots(Semaphore::new(limit.min(Semaphore::MAX_PERMITS)))), ..self }
    }
}

impl<X, R> Policies<X, R, Unbroken> {
    /// `breaker(…)`
    pub fn breaker<C: CallClass, F>(self, breaker: Breaker<C>, classify: F) -> Policies<X, R, Breaking<C, F>> {
        let Self { core, stage, timeout, total, retry, rate, slots, limit, breaker: Unbroken } = self;
        let breaker = Breaking { breaker, classify, pauses: true };
        Policies { core, stage, timeout, total, retry, rate, slots, limit, breaker }
    }
}

impl<X, R, C: CallClass, F> Policies<X, R, Breaking<C, F>> {
    /// `open = fail` or `open = reject` of it
    pub fn refusing(mut self) -> Self {
        self.breaker.pauses = false;
        self
    }
}

impl<X, R: Paces, B: Breaks> Policies<X, R, B> {
    /// A body that is made in flight, of an item whose wait has begun outside of it.
    pub fn flight<'a, T, P, F, M: Fn(T, P, Attempts<'a, X, R, B>) -> F>(&'a self, make: M) -> M {
        make
    }
}

/// Counts the time from now on, also of a wait that is given up.
struct Waiting<'a> {
    waited: &'a AtomicU64,
    since: Instant,
}

impl<'a> Waiting<'a> {
    fn new(waited: &'a AtomicU64) -> Self {
        Self { waited, since: Instant::now() }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let nanos = self.since.elapsed().as_nanos();
        self.waited.fetch_add(u64::try_from(nanos).unwrap_or(u64::MAX), Relaxed);
    }
}

impl<X, R: Paces, B: Breaks> Attempts<'_, X, R, B> {
    /// Whether the item need not wait at all. If it must, what it has got so far is kept. Most need not, and so no future is
    /// made for them, which would be large.
    #[inline]
    pub fn goes(&mut self, key: &R::Key) -> bool {
        self.is_paced(key) && self.passes()
    }

    /// All that the item waits for.
    pub async fn enter(&mut self, key: R::Key) {
        Box::pin(async {
            self.pace(key).await;
            self.pass().await;
        })
        .await;
    }

    /// As [`goes`](Self::goes), for [`approach`](Self::approach).
    #[inline]
    pub fn nears(&mut self, key: &R::Key) -> bool {
        self.is_paced(key) && !self.is_paused()
    }

    /// What it waits for outside of the bodies in flight: while it does, no further item is taken up.
    pub async fn approach(&mut self, key: R::Key) {
        Box::pin(async {
            self.pace(key).await;
            if self.is_paused() {
                self.pause().await;
            }
        })
        .await;
    }

    /// As [`goes`](Self::goes), for [`arrive`](Self::arrive).
    #[inline]
    pub fn arrives(&mut self) -> bool {
        self.now = None;
        self.passes()
    }

    /// What it waits for among the bodies in flight.
    pub async fn arrive(&mut self) {
        Box::pin(self.pass()).await;
    }

    #[inline]
    fn is_paced(&mut self, key: &R::Key) -> bool {
        let policies = self.policies;
        self.paced = self.paced || policies.rate.goes(key, || self.now());
        self.paced
    }

    async fn pace(&mut self, key: R::Key) {
        if self.is_paced(&key) {
            return;
        }
        self.now = None;
        self.limit = None;
        let _waiting = Waiting::new(&self.policies.meter().rate_wait);
        self.policies.rate.ready(key).await;
        self.paced = true;
    }
}

impl<X, R, B: Breaks> Attempts<'_, X, R, B> {
    /// Whether all is there that an item needs behind its rate.
    #[inline]
    fn passes(&mut self) -> bool {
        self.policies.slots.is_none() && self.has_limit() && self.has_permit()
    }

    async fn pass(&mut self) {
        self.take_slot().await;
        self.pass_breaker().await;
    }

    /// Waits for what the next attempt needs, after the back-off: a breaker that has opened meanwhile holds it back like a
    /// first one, or, if it does not pause, ends the attempts (`false`).
    pub(super) async fn resume(&mut self) -> bool {
        if self.policies.breaker.pauses() {
            self.pass_breaker().await;
            return true;
        }
        self.try_pass_breaker().await.is_ok()
    }

    /// Waits for a permit of the limit and one of the breaker, so that both are good at once.
    async fn pass_breaker(&mut self) {
        loop {
            self.take_limit().await;
            if self.has_permit() {
                return;
            }
            self.limit = None;
            self.pause().await;
        }
    }

    /// Waits for a permit of the limit; one of the breaker is there, or its word that it is open.
    async fn try_pass_breaker(&mut self) -> Result<(), BreakerOpen> {
        self.take_limit().await;
        if self.has_permit() {
            return Ok(());
        }
        let Some(breaker) = self.policies.breaker.breaker() else { return Ok(()) };
        match breaker.try_acquire_at(|| self.now()) {
            Ok(permit) => {
                self.breaker = Some(permit);
                Ok(())
            }
            Err(open) => {
                self.leave();
                self.policies.meter().refused.fetch_add(1, Relaxed);
                Err(open)
            }
        }
    }

    #[inline]
    fn has_limit(&mut self) -> bool {
        let Some(limit) = &self.policies.limit else { return true };
        self.limit = self.limit.take().or_else(|| limit.limit.try_acquire());
        self.limit.is_some()
    }

    async fn take_limit(&mut self) {
        if self.has_limit() {
            return;
        }
        let Some(limit) = &self.policies.limit else { return };
        self.now = None;
        let _waiting = Waiting::new(&self.policies.meter().limit_wait);
        self.limit = Some(limit.acquire().await);
    }

    async fn take_slot(&mut self) {
        if let Some(slots) = &self.policies.slots {
            self.slot = slots.take().await;
        }
    }

    /// A permit of the breaker as it is now.
    #[inline]
    fn has_permit(&mut self) -> bool {
        let Some(breaker) = self.policies.breaker.breaker() else { return true };
        if let Some(permit) = self.breaker.take_if(|permit| !permit.is_current()) {
            permit.give_back();
        }
        if self.breaker.is_none() {
            self.breaker = breaker.pass(|| self.now());
        }
        self.breaker.is_some()
    }

    /// Whether the item has to wait for the breaker.
    #[inline]
    fn is_paused(&self) -> bool {
        let breaker = self.policies.breaker.breaker().filter(|_| self.policies.breaker.pauses());
        breaker.is_some_and(|breaker| !breaker.lets_all_go())
    }

    /// Waits for the breaker's permit.
    async fn pause(&mut self) {
        self.now = None;
        let Some(breaker) = self.policies.breaker.breaker() else { return };
        let _waiting = Waiting::new(&self.policies.meter().paused);
        self.breaker = Some(breaker.acquire().await);
    }

    /// The last attempt is over.
    #[inline]
    pub fn leave(&mut self) {
        self.limit = None;
        self.slot = None;
    }
}

impl<E, R: Paces, B: Breaks> Attempts<'_, Failed<E>, R, B> {
    /// As [`enter`](Self::enter), under a breaker that does not pause.
    ///
    /// # Errors
    ///
    /// The breaker is open.
    pub async fn try_enter(&mut self, key: R::Key) -> Result<(), Failed<E>> {
        Box::pin(async {
            self.pace(key).await;
            self.try_pass().await
        })
        .await
    }

    /// As [`arrive`](Self::arrive), under a breaker that does not pause.
    ///
    /// # Errors
    ///
    /// The breaker is open.
    pub async fn try_arrive(&mut self) -> Result<(), Failed<E>> {
        Box::pin(self.try_pass()).await
    }

    async fn try_pass(&mut self) -> Result<(), Failed<E>> {
        self.take_slot().await;
        self.try_pass_breaker().await.map_err(Failed::Open)
    }
}

impl<X, R, C: CallClass, F: Send + Sync> Attempts<'_, X, R, Breaking<C, F>> {
    /// This is what an attempt has come to. One that tried whether the service is back has told it: it is not tried again
    /// before the breaker lets it.
    #[inline]
    pub fn tried<V>(&mut self, result: &Result<V, X>)
    where
        F: Fn(&Result<V, X>) -> C,
    {
        if let Some(trial) = self.breaker.take_if(|permit| result.is_err() && permit.is_trial()) {
            trial.record((self.policies.breaker.classify)(result));
        }
    }

    /// This is what the item has come to.
    #[inline]
    pub fn ended<V>(&mut self, result: &Result<V, X>)
    where
        F: Fn(&Result<V, X>) -> C,
    {
        self.leave();
        if let Some(permit) = self.breaker.take() {
            permit.record((self.policies.breaker.classify)(result));
        }
    }
}
