//! `rate(…)`: what lets a stage's items go at a rate.

use std::hash::Hash;

use tokio::time::Instant;

use super::rate::{KeyedLimiter, Limiter};
use super::{Breaks, Policies};

/// What an item waits for before everything else.
pub trait Paces: Send + Sync {
    /// What is told apart.
    type Key: Send;

    /// Whether an item may go now; if so, it has.
    fn goes(&self, key: &Self::Key, now: impl FnOnce() -> Instant) -> bool;

    /// Waits until one may.
    fn ready(&self, key: Self::Key) -> impl Future<Output = ()> + Send;
}

/// No `rate`.
pub struct Unpaced;

impl Paces for Unpaced {
    type Key = ();

    #[inline]
    fn goes(&self, (): &(), _: impl FnOnce() -> Instant) -> bool {
        true
    }

    async fn ready(&self, (): ()) {}
}

/// All items at one rate.
impl Paces for Limiter {
    type Key = ();

    #[inline]
    fn goes(&self, (): &(), now: impl FnOnce() -> Instant) -> bool {
        self.try_ready_at(now)
    }

    async fn ready(&self, (): ()) {
        Limiter::ready(self).await;
    }
}

/// `by = |x| key`: the items of each key at a rate.
pub struct ByKey<K: Clone + Eq + Hash, F> {
    limiter: KeyedLimiter<K>,
    by: F,
}

impl<K: Clone + Eq + Hash + Send + Sync, F: Send + Sync> Paces for ByKey<K, F> {
    type Key = K;

    #[inline]
    fn goes(&self, key: &K, now: impl FnOnce() -> Instant) -> bool {
        self.limiter.try_ready_at(key, now)
    }

    async fn ready(&self, key: K) {
        self.limiter.ready(&key).await;
    }
}

impl<X, B> Policies<X, Unpaced, B> {
    /// `rate(…)`
    pub fn rate(self, limiter: Limiter) -> Policies<X, Limiter, B> {
        self.paced(limiter)
    }

    /// `rate(…, by = |x| key)`
    pub fn rate_by<K: Clone + Eq + Hash, F>(self, limiter: KeyedLimiter<K>, by: F) -> Policies<X, ByKey<K, F>, B> {
        self.paced(ByKey { limiter, by })
    }

    fn paced<R>(self, rate: R) -> Policies<X, R, B> {
        let Self { core, stage, timeout, total, retry, rate: Unpaced, slots, limit, breaker } = self;
        Policies { core, stage, timeout, total, retry, rate, slots, limit, breaker }
    }
}

impl<X, K: Clone + Eq + Hash, F, B: Breaks> Policies<X, ByKey<K, F>, B> {
    /// An item's key.
    pub fn key<T>(&self, item: &T) -> K
    where
        F: Fn(&T) -> K,
    {
        (self.rate.by)(item)
    }
}
