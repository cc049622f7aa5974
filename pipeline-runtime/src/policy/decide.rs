//! `on_error(|e| …)`: what a failed item does, by its error.

use std::sync::Arc;

/// What a failed item does. A closure of `on_error` gives it by the words `fail`, `skip` and `reject`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnError {
    /// It ends the run.
    Fail,
    /// It is counted and dropped.
    Skip,
    /// It goes to the `else` stream.
    Reject,
}

/// The closure of a statement's `on_error`, whose bodies fail with `X`; all of its tasks share it.
pub struct Decide<X>(Arc<dyn Fn(&X) -> OnError + Send + Sync>);

impl<X> Decide<X> {
    pub(crate) fn new(decide: impl Fn(&X) -> OnError + Send + Sync + 'static) -> Self {
        Self(Arc::new(decide))
    }

    /// What the item does that failed with `error`.
    pub fn of(&self, error: &X) -> OnError {
        (self.0)(error)
    }
}

impl<X> Clone for Decide<X> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
