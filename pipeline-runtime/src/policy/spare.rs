//! A permit of `limit` that a body leaves to the next one.

use tokio::sync::SemaphorePermit;

use super::{Attempts, Breaks, Policies};
use crate::stage::Park;

/// A permit between two bodies of a task, of which the second begins as soon as the first has ended: nobody can tell that it has
/// not been given back and taken again, which is dear. A task that has to wait gives it back.
pub struct Spare<'a>(Option<SemaphorePermit<'a>>);

impl Park for Spare<'_> {
    #[inline]
    fn before_park(&mut self) {
        self.0 = None;
    }
}

impl<X, R, B> Policies<X, R, B> {
    /// None yet.
    pub fn spare(&self) -> Spare<'_> {
        Spare(None)
    }
}

impl<'a, X, R, B: Breaks> Attempts<'a, X, R, B> {
    /// Takes up what the item before has left.
    #[inline]
    pub fn inherit(&mut self, spare: &mut Spare<'a>) {
        self.limit = spare.0.take();
    }

    /// The last attempt is over. The next item gets the permit, unless somebody else may be waiting for it.
    #[inline]
    pub fn bequeath<V>(&mut self, spare: &mut Spare<'a>, result: &Result<V, X>) {
        let limit = self.policies.limit.as_ref();
        if result.is_ok() && limit.is_some_and(|limit| limit.limit.has_more()) {
            spare.0 = self.limit.take();
        }
    }
}
