//! `rate` where its feature is off: types in its place, so that what is said of it is that alone.

use std::convert::Infallible;
use std::hash::Hash;
use std::marker::PhantomData;
use std::time::Duration;

use tokio::time::Instant;

/// There is none.
#[derive(Clone)]
pub struct Limiter(Infallible);

/// There is none.
pub struct KeyedLimiter<K>(Infallible, PhantomData<fn() -> K>);

impl Limiter {
    pub(crate) fn with_burst(_: u32, _: Duration, _: u32) -> Result<Self, &'static str> {
        Err(OFF)
    }

    pub(crate) fn free() -> Self {
        unreachable!("{OFF}")
    }

    pub(super) async fn ready(&self) {
        match self.0 {}
    }

    pub(super) fn try_ready_at(&self, _: impl FnOnce() -> Instant) -> bool {
        match self.0 {}
    }
}

impl<K: Clone + Eq + Hash> KeyedLimiter<K> {
    pub(crate) fn with_burst(_: u32, _: Duration, _: u32) -> Result<Self, &'static str> {
        Err(OFF)
    }

    pub(crate) fn free() -> Self {
        unreachable!("{OFF}")
    }

    pub(super) async fn ready(&self, _: &K) {
        match self.0 {}
    }

    pub(super) fn try_ready_at(&self, _: &K, _: impl FnOnce() -> Instant) -> bool {
        match self.0 {}
    }
}

impl<K> Clone for KeyedLimiter<K> {
    fn clone(&self) -> Self {
        match self.0 {}
    }
}

/// Code that would use it does not compile.
const OFF: &str = "the feature `rate` is off";
