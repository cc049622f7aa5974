//! What a run should give, and what it was seen to do.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::run::Shared;

/// Side effects of a run: the values that came by, as they came.
#[derive(Clone)]
pub struct Track {
    pub(super) name: &'static str,
    pub(super) seen: Arc<Mutex<Vec<u64>>>,
}

/// How a track compares with its model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Order {
    /// In order; nothing from behind a failed item.
    Ordered,
    /// In order, and the fault may happen elsewhere.
    Beside,
    /// In any order.
    Unordered,
}

impl Track {
    /// A value comes by.
    pub fn push(&self, value: u64) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(value);
    }

    pub(super) fn values(&self) -> Vec<u64> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What a case's model computes with.
pub struct Model<'a> {
    pub(super) shared: &'a Shared,
    pub(super) inputs: Vec<Vec<u64>>,
    pub(super) tracks: BTreeMap<&'static str, Vec<u64>>,
    /// The input that was cut at the failed item.
    pub(super) cut: Option<usize>,
}

impl Model<'_> {
    /// The values of an input.
    #[must_use]
    pub fn input(&self, source: usize) -> Vec<u64> {
        self.inputs[source].clone()
    }

    /// Whether this input ends where an item failed, so that nothing that comes after the input is to be seen.
    #[must_use]
    pub fn is_cut(&self, source: usize) -> bool {
        self.cut == Some(source)
    }

    /// What a track should have seen.
    pub fn track(&mut self, name: &'static str, values: impl IntoIterator<Item = u64>) {
        assert!(self.shared.tracks().iter().any(|(track, _)| track.name == name), "no track {name}");
        self.tracks.entry(name).or_default().extend(values);
    }
}
