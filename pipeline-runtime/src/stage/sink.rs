//! What a sink leaves behind.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::AddAssign;
use std::sync::{Arc, Mutex, PoisonError};

use crate::check::Items;

/// The place of a sink's value, filled when its input has ended.
pub struct SinkValue<V>(Arc<Mutex<Option<V>>>);

impl<V> Clone for SinkValue<V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<V> Default for SinkValue<V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<V> SinkValue<V> {
    /// A place for a value of the type that the witness says.
    pub fn of(_: Items<V>) -> Self {
        Self::default()
    }

    /// Sets the value.
    pub fn set(&self, value: V) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
    }

    /// The value, if the sink has come to its end.
    pub fn take(&self) -> Option<V> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<V: AddAssign + Default> SinkValue<V> {
    /// Adds one worker's share.
    pub fn add(&self, share: V) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default() += share;
    }
}

impl<K: Hash + Eq, V> SinkValue<HashMap<K, V>> {
    /// Adds the values of one worker's keys.
    pub fn join(&self, share: HashMap<K, V>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().extend(share);
    }
}
