//! Counting what is there.

use std::sync::atomic::{AtomicUsize, Ordering::AcqRel};

/// Counts as one for as long as it lives, however that ends.
pub struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    pub(crate) fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, AcqRel);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, AcqRel);
    }
}
