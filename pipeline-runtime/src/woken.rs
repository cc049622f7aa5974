//! For tests: a waker that counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::task::{Wake, Waker};

#[derive(Default)]
pub(crate) struct Woken(AtomicUsize);

impl Woken {
    /// How often it was woken.
    pub(crate) fn times(&self) -> usize {
        self.0.load(Relaxed)
    }

    /// A waker of it.
    pub(crate) fn waker(self: &Arc<Self>) -> Waker {
        Waker::from(self.clone())
    }
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Relaxed);
    }
}
