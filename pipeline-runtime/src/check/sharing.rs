//! What stages share with others: the values of `rate(&limiter)`, `limit(&semaphore)` and `breaker(&payments)`.

use std::hash::Hash;
use std::sync::Arc;

use tokio::sync::Semaphore;

use super::{Errors, Items};
use crate::policy::breaker::{Breaker, CallClass};
use crate::policy::limit::Limit;
use crate::policy::rate::{KeyedLimiter, Limiter};

/// What limits how many bodies run at once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be what `limit` shares",
    label = "expected a reference to an `Arc<tokio::sync::Semaphore>`, or to a `Limit`"
)]
pub trait Limits {
    /// A handle of it.
    fn handle(&self) -> Limit;
}

impl Limits for Arc<Semaphore> {
    fn handle(&self) -> Limit {
        Limit::new(self)
    }
}

impl Limits for Limit {
    fn handle(&self) -> Limit {
        self.clone()
    }
}

/// `limit(&semaphore)`
pub fn limit<L: Limits>(limit: &L) -> Limit {
    limit.handle()
}

/// What lets items go at a rate.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be what `rate` shares",
    label = "expected a reference to a `Limiter`",
    note = "a `KeyedLimiter` needs to know the key of an item: `rate(&limiter, by = |x| x.id)`"
)]
pub trait Paced {
    /// A handle of it.
    fn handle(&self) -> Limiter;
}

impl Paced for Limiter {
    fn handle(&self) -> Limiter {
        self.clone()
    }
}

/// `rate(&limiter)`
pub fn limiter<L: Paced>(limiter: &L) -> Limiter {
    limiter.handle()
}

/// What lets the items of each key go at a rate.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be what `rate` shares",
    label = "expected a reference to a `KeyedLimiter`",
    note = "without `by` it is a `Limiter`: `rate(&limiter)`"
)]
pub trait PacedByKey {
    /// Its keys.
    type Key: Clone + Eq + Hash;

    /// A handle of it.
    fn handle(&self) -> KeyedLimiter<Self::Key>;
}

impl<K: Clone + Eq + Hash> PacedByKey for KeyedLimiter<K> {
    type Key = K;

    fn handle(&self) -> KeyedLimiter<K> {
        self.clone()
    }
}

/// `rate(&limiter, by = |x| key)`
pub fn keyed_limiter<L: PacedByKey>(limiter: &L) -> KeyedLimiter<L::Key> {
    limiter.handle()
}

/// A breaker whose calls nobody sorts.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be what `breaker` shares",
    label = "expected a reference to a `Breaker`",
    note = "a breaker with classes of its own needs to know the class of a result: `breaker(&payments, classify = |result| …)`"
)]
pub trait BreaksByVerdict {
    /// A handle of it.
    fn handle(&self) -> Breaker;
}

impl BreaksByVerdict for Breaker {
    fn handle(&self) -> Breaker {
        self.clone()
    }
}

/// `breaker(&payments)`
pub fn breaker<B: BreaksByVerdict>(breaker: &B) -> Breaker {
    breaker.handle()
}

/// A breaker, whatever its calls are sorted into.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be what `breaker` shares",
    label = "expected a reference to a `Breaker`"
)]
pub trait BreaksByClass {
    /// The classes.
    type Class: CallClass;

    /// A handle of it.
    fn handle(&self) -> Breaker<Self::Class>;
}

impl<C: CallClass> BreaksByClass for Breaker<C> {
    type Class = C;

    fn handle(&self) -> Breaker<C> {
        self.clone()
    }
}

/// `breaker(&payments, classify = |result| class)`
pub fn classified_breaker<B: BreaksByClass>(breaker: &B) -> Breaker<B::Class> {
    breaker.handle()
}

/// What `trip_on` is a sequence of.
pub struct Classes<C>(Box<[C]>);

/// `trip_on = [A, A, B]` of `breaker`
pub fn classes<C>(classes: impl Into<Box<[C]>>) -> Classes<C> {
    Classes(classes.into())
}

impl<C: CallClass> Classes<C> {
    /// They are classes.
    pub fn told(self) -> Box<[C]> {
        self.0
    }
}

/// Says what is asked of the classes of `trip_on`. Nothing implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no class of calls",
    label = "a sequence of `{Self}`",
    note = "implement `CallClass` for it, which says whether a call of the class is a success, a failure or neither"
)]
pub trait Class<Unsaid> {
    /// Of a pipeline that is not sound.
    type Class: CallClass;
}

/// The answer for what is no class.
pub trait RefusedClasses<C>: Sized {
    /// They are none.
    fn told<Unsaid>(self) -> Box<[C::Class]>
    where
        C: Class<Unsaid>,
    {
        unreachable!("nothing is a class in this way")
    }
}

impl<C> RefusedClasses<C> for Classes<C> {}

/// `classify = |result| class` of `breaker`
pub fn classify<V, X, C, F>(_: &Breaker<C>, _: Items<V>, _: Errors<X>, f: F) -> F
where
    C: CallClass,
    F: Fn(&Result<V, X>) -> C + Send + Sync + 'static,
{
    f
}

/// `by = |x| key` of `rate`
pub fn by<T, K, F>(items: Items<T>, f: F) -> (F, Items<K>)
where
    F: Fn(&T) -> K + Send + Sync + 'static,
{
    super::unique(items, f)
}

/// A `rate` is there to be used.
#[cfg(feature = "rate")]
pub fn rate() {}

/// A `rate` is not there.
#[cfg(not(feature = "rate"))]
#[diagnostic::on_unimplemented(
    message = "`rate` needs the feature `rate` of `pipeline-runtime`",
    label = "it is left out of this build",
    note = "`pipeline-runtime = {{ …, features = [\"rate\"] }}`; it is not on by default"
)]
pub trait RateFeature<Unsaid> {}

/// A `rate` is not there.
#[cfg(not(feature = "rate"))]
pub fn rate<Unsaid>()
where
    (): RateFeature<Unsaid>,
{
}
