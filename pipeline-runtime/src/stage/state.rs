//! State that lasts from item to item.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// The states of a key, made by `first` when the key is seen for the first time.
pub fn state_of<'a, K: Hash + Eq + Clone, S>(
    states: &'a mut HashMap<K, S>,
    key: &K,
    first: impl FnOnce() -> S,
) -> &'a mut S {
    // Two look-ups for a key that is known, and no clone of it.
    if !states.contains_key(key) {
        states.insert(key.clone(), first());
    }
    match states.get_mut(key) {
        Some(state) => state,
        None => unreachable!("the key was inserted just now"),
    }
}

/// `fold` and its like under `keyed`: the values of all keys. A key whose value is missing had its value lost in a
/// failure, and with it the run.
pub fn per_key<K: Hash + Eq, V>(values: HashMap<K, Option<V>>) -> HashMap<K, V> {
    values.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// `dedup`: whether the item equals the one before it, which it takes the place of.
pub fn is_repeated<T: PartialEq + Clone>(last: &mut Option<T>, item: &T) -> bool {
    if last.as_ref() == Some(item) {
        return true;
    }
    *last = Some(item.clone());
    false
}

/// `collect`: one item more.
pub fn extend<C: Extend<T>, T>(collection: &mut C, item: T) {
    collection.extend(Some(item));
}

/// The key of an item, for handing it to its worker.
pub fn key_of<T, K>(key: Arc<impl Fn(&T) -> K + Send + Sync>) -> impl FnMut(&T) -> K + Send {
    move |item| key(item)
}

/// The key of an item behind `input?`; what has failed has none.
pub fn key_of_ok<T, X, K>(key: Arc<impl Fn(&T) -> K + Send + Sync>) -> impl FnMut(&Result<T, X>) -> Option<K> + Send {
    move |item| item.as_ref().ok().map(|item| key(item))
}

/// How many workers a stage has that may have `limit` bodies in flight: none goes without.
pub fn workers_in_flight(workers: usize, limit: usize) -> usize {
    workers.min(limit)
}

/// How many of a stage's `limit` bodies in flight worker number `worker` of `workers` may have.
pub fn share_of(limit: usize, workers: usize, worker: usize) -> usize {
    limit / workers + usize::from(worker < limit % workers)
}
