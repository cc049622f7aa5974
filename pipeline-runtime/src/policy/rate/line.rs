//! Those that wait for their turn, one behind the other.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until};

use crate::counted::Counted;

/// A line in which the first alone looks at the limit and at the clock.
#[derive(Debug)]
pub(super) struct Line {
    /// One at a time is in front. Tokio's semaphore is fair.
    front: Semaphore,
    waiting: AtomicUsize,
}

impl Default for Line {
    fn default() -> Self {
        Self { front: Semaphore::new(1), waiting: AtomicUsize::new(0) }
    }
}

impl Line {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.load(Acquire) == 0
    }

    /// Waits behind those that are there, and then until `go` lets it, which says when that may be. Tells how long it was.
    pub(super) async fn wait(&self, go: impl Fn() -> Result<(), Instant>) -> Duration {
        let since = Instant::now();
        let _waiting = Counted::new(&self.waiting);
        // It is never closed.
        let _front = self.front.acquire().await.ok();
        while let Err(not_before) = go() {
            sleep_until(not_before).await;
        }
        since.elapsed()
    }
}

/// A line for each key for which somebody waits.
#[derive(Debug)]
pub(super) struct Lines<K> {
    lines: Mutex<HashMap<K, Arc<Line>>>,
    /// How many there are, to be read without the lock.
    count: AtomicUsize,
}

impl<K> Default for Lines<K> {
    fn default() -> Self {
        Self { lines: Mutex::default(), count: AtomicUsize::new(0) }
    }
}

impl<K: Clone + Eq + Hash> Lines<K> {
    fn lock(&self) -> MutexGuard<'_, HashMap<K, Arc<Line>>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether somebody waits for the key.
    pub(super) fn has(&self, key: &K) -> bool {
        self.count.load(Acquire) > 0 && self.lock().contains_key(key)
    }

    /// The key's line, for as long as it is kept.
    pub(super) fn of<'lines>(&'lines self, key: &'lines K) -> KeyLine<'lines, K> {
        let mut lines = self.lock();
        let line = Arc::clone(lines.entry(key.clone()).or_default());
        self.count.store(lines.len(), Release);
        KeyLine { lines: self, key, line }
    }
}

pub(super) struct KeyLine<'lines, K: Clone + Eq + Hash> {
    lines: &'lines Lines<K>,
    key: &'lines K,
    line: Arc<Line>,
}

impl<K: Clone + Eq + Hash> KeyLine<'_, K> {
    pub(super) async fn wait(&self, go: impl Fn() -> Result<(), Instant>) -> Duration {
        self.line.wait(go).await
    }
}

impl<K: Clone + Eq + Hash> Drop for KeyLine<'_, K> {
    fn drop(&mut self) {
        let mut lines = self.lines.lock();
        // Handed out under the lock alone: besides this one there is only the map's own.
        if Arc::strong_count(&self.line) == 2 {
            lines.remove(self.key);
            self.lines.count.store(lines.len(), Release);
        }
    }
}
