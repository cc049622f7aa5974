//! Grouping by size or by the age of the oldest item.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::time::Duration;

use tokio::time::Instant;

use super::Task;
use super::hand::Hand;
use crate::edge::Rank;

/// How large and how old a batch may become.
#[derive(Clone, Copy, Debug)]
struct Limits {
    size: usize,
    within: Option<Duration>,
}

/// Items that have come together so far, with the account of what they came from.
struct Group<T> {
    items: Vec<T>,
    hand: Option<Hand>,
    due: Option<Instant>,
}

impl<T> Group<T> {
    fn new() -> Self {
        Self { items: Vec::new(), hand: None, due: None }
    }

    /// Adds an item; tells whether the group is complete.
    fn add<E>(&mut self, task: &mut Task<E>, item: T, limits: Limits) -> bool {
        if self.items.is_empty() {
            self.due = limits.within.and_then(|within| Instant::now().checked_add(within));
        }
        task.add_to(&mut self.hand);
        self.items.push(item);
        self.items.len() >= limits.size
    }

    /// The items, whose account goes back into the task's hand.
    fn take<E>(&mut self, task: &mut Task<E>) -> Vec<T> {
        if let Some(hand) = self.hand.take() {
            task.take_back(hand.release());
        }
        self.due = None;
        std::mem::take(&mut self.items)
    }
}

/// The state of a `batch`.
pub struct Batch<T> {
    limits: Limits,
    group: Group<T>,
}

impl<T> Batch<T> {
    /// Batches of `size` items, or what has come `within` the age of the oldest.
    pub fn new(size: usize, within: Option<Duration>) -> Self {
        Self { limits: Limits { size, within }, group: Group::new() }
    }

    /// When the batch must go, whatever its size.
    pub fn due(&self) -> Option<Instant> {
        self.group.due
    }

    /// Adds an item; gives the batch that it completes.
    pub fn push<E>(&mut self, task: &mut Task<E>, item: T) -> Option<Vec<T>> {
        self.group.add(task, item, self.limits).then(|| self.group.take(task))
    }

    /// Whether there is a batch to be flushed: at the end of input, or when it is due.
    pub fn flush<E>(&mut self, task: &mut Task<E>, at_end: bool) -> Option<Vec<T>> {
        let due = at_end || self.group.due.is_some_and(|due| due <= Instant::now());
        (due && !self.group.items.is_empty()).then(|| self.group.take(task))
    }
}

/// The state of a `batch` under `keyed`: a batch for each key.
pub struct KeyedBatch<K, T> {
    limits: Limits,
    groups: HashMap<K, (Rank, Group<T>)>,
    /// Whose batch was begun first, and so goes first.
    order: BTreeMap<Rank, K>,
    begun: u64,
}

impl<K: Hash + Eq + Clone, T> KeyedBatch<K, T> {
    /// Batches of `size` items of one key, or what has come of it `within` the age of the oldest.
    pub fn new(size: usize, within: Option<Duration>) -> Self {
        Self { limits: Limits { size, within }, groups: HashMap::new(), order: BTreeMap::new(), begun: 0 }
    }

    /// When the oldest batch must go.
    pub fn due(&self) -> Option<Instant> {
        let (_, key) = self.order.first_key_value()?;
        self.groups.get(key)?.1.due
    }

    /// Adds an item of `key`; gives the batch that it completes.
    pub fn push<E>(&mut self, task: &mut Task<E>, key: K, item: T) -> Option<Vec<T>> {
        let mut entry = match self.groups.entry(key) {
            Entry::Occupied(entry) => entry,
            Entry::Vacant(entry) => {
                self.begun += 1;
                let rank = Rank { number: 0, unit: task.unit(), begun: self.begun };
                self.order.insert(rank, entry.key().clone());
                entry.insert_entry((rank, Group::new()))
            }
        };
        if entry.get_mut().1.add(task, item, self.limits) {
            let (rank, mut group) = entry.remove();
            self.order.remove(&rank);
            return Some(group.take(task));
        }
        None
    }

    /// The next batch to be flushed, in the order in which they were begun.
    pub fn flush<E>(&mut self, task: &mut Task<E>, at_end: bool) -> Option<(K, Rank, Vec<T>)> {
        if !at_end && self.due().is_none_or(|due| due > Instant::now()) {
            return None;
        }
        let (rank, key) = self.order.pop_first()?;
        self.groups.remove(&key).map(|(_, mut group)| (key, rank, group.take(task)))
    }
}
