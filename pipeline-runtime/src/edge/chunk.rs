//! Items on their way: groups that know what to count when they are dropped instead of taken.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering::*;
use std::vec;

use super::Shared;
use crate::core::EdgeMeter;

/// Items that have been sent. What is dropped in here was abandoned.
pub(crate) struct Chunk<T> {
    items: vec::IntoIter<T>,
    shared: Arc<Shared>,
}

impl<T> Chunk<T> {
    pub(crate) fn new(items: Vec<T>, shared: Arc<Shared>) -> Self {
        Self { items: items.into_iter(), shared }
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    #[inline]
    pub(crate) fn pop(&mut self) -> Option<T> {
        self.items.next()
    }

    /// The items, which are to be [given back](Self::give_back).
    #[inline]
    pub(crate) fn lend(&mut self) -> vec::IntoIter<T> {
        std::mem::take(&mut self.items)
    }

    /// What is left of the items.
    #[inline]
    pub(crate) fn give_back(&mut self, left: vec::IntoIter<T>) {
        self.items = left;
    }
}

impl<T> Drop for Chunk<T> {
    fn drop(&mut self) {
        let left = self.items.len() as u64;
        if left > 0 {
            self.shared.meter.abandoned.fetch_add(left, Relaxed);
        }
    }
}

/// Items that a worker has produced and that wait for their turn. What is dropped in here counts as sent and abandoned.
pub(crate) struct Parcel<T> {
    items: VecDeque<T>,
    meter: Arc<EdgeMeter>,
}

impl<T> Parcel<T> {
    pub(crate) fn new(meter: Arc<EdgeMeter>) -> Self {
        Self { items: VecDeque::new(), meter }
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    #[inline]
    pub(crate) fn push(&mut self, item: T) {
        self.items.push_back(item);
    }

    pub(crate) fn pop(&mut self) -> Option<T> {
        self.items.pop_front()
    }

    /// Takes over the items of `other`.
    pub(crate) fn append(&mut self, other: &mut Self) {
        self.items.append(&mut other.items);
    }

    /// The items so far; an empty parcel stays.
    pub(crate) fn take(&mut self) -> Self {
        Self { items: std::mem::take(&mut self.items), meter: self.meter.clone() }
    }
}

impl<T> Drop for Parcel<T> {
    fn drop(&mut self) {
        let left = self.items.len() as u64;
        if left > 0 {
            self.meter.sent.fetch_add(left, Relaxed);
            self.meter.abandoned.fetch_add(left, Relaxed);
        }
    }
}
