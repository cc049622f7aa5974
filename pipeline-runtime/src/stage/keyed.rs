//! Workers that each have their own keys: all items of a key go to one worker, in order.
//!
//! Whoever finds his own queue empty takes the next items from the shared input and deals them out. A *unit* is a run
//! of consecutive items that go to the same worker, numbered like every unit, so that the order can be restored.

use std::collections::VecDeque;
use std::collections::hash_map::RandomState;
use std::future::poll_fn;
use std::hash::{BuildHasher, Hash};
use std::sync::atomic::Ordering::*;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use super::crew::{Unit, Units};
use super::{Inlet, Task};
use crate::core::Core;
use crate::edge::Turns;

/// Items dealt out and not taken up, for each worker, before dealing stops.
const DEALT: usize = 128;
/// Units that workers may be ahead of the one whose turn it is, for each worker.
const AHEAD: u64 = 256;

/// The input of a keyed stage with workers.
pub struct Keyed<I: Inlet, F> {
    table: Arc<Table<I, F>>,
}

struct Table<I: Inlet, F> {
    core: Arc<Core>,
    stage: usize,
    dealer: tokio::sync::Mutex<Dealer<I, F>>,
    hands: Mutex<Hands<I::Item>>,
    /// Something was dealt, taken, or has ended.
    changed: Notify,
    turns: Vec<Arc<Turns>>,
    limit: usize,
    window: u64,
}

struct Dealer<I, F> {
    input: Option<I>,
    key: F,
    hasher: RandomState,
    next: u64,
}

struct Hands<T> {
    queues: Vec<VecDeque<(u64, Unit<T>)>>,
    dealt: usize,
    ended: bool,
}

impl<I, F, K> Keyed<I, F>
where
    I: Inlet,
    F: FnMut(&I::Item) -> K,
    K: Hash,
{
    /// Shares `input` among `workers` by what `key` says of an item.
    pub fn new<E>(task: &Task<E>, input: I, workers: usize, turns: Vec<Arc<Turns>>, key: F) -> Self {
        let dealer = Dealer { input: Some(input), key, hasher: RandomState::new(), next: 0 };
        let queues = (0..workers).map(|_| VecDeque::new()).collect();
        Self {
            table: Arc::new(Table {
                core: task.run().core.clone(),
                stage: task.stage(),
                dealer: tokio::sync::Mutex::new(dealer),
                hands: Mutex::new(Hands { queues, dealt: 0, ended: false }),
                changed: Notify::new(),
                turns,
                limit: DEALT * workers,
                window: AHEAD * workers as u64,
            }),
        }
    }

    /// The input of worker number `worker`.
    pub fn member(&self, worker: usize) -> KeyedMember<I, F> {
        KeyedMember { table: self.table.clone(), worker, unit: self.table.unit() }
    }
}

impl<I: Inlet, F> Table<I, F> {
    fn hands(&self) -> std::sync::MutexGuard<'_, Hands<I::Item>> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unit(&self) -> Unit<I::Item> {
        Unit::new(self.core.clone(), self.stage)
    }
}

impl<I, F, K> Table<I, F>
where
    I: Inlet<Item: Send>,
    F: FnMut(&I::Item) -> K + Send,
    K: Hash,
{
    /// Takes what is at hand in the input and deals it out. Dropped while it waits, it has taken nothing.
    async fn deal(&self) {
        let mut dealer = self.dealer.lock().await;
        loop {
            let changed = self.changed.notified();
            if self.hands().dealt < self.limit {
                break;
            }
            changed.await;
        }
        for turns in &self.turns {
            turns.reach(dealer.next.saturating_sub(self.window)).await;
        }
        let Dealer { input, key, hasher, next } = &mut *dealer;
        let more = match input {
            Some(input) => poll_fn(|cx| input.poll_more(cx)).await,
            None => false,
        };
        let mut hands = self.hands();
        match input {
            Some(input) if more => {
                let mut last = None;
                while hands.dealt < self.limit
                    && let Some(item) = input.pop()
                {
                    let keying = Keying(self);
                    let worker = (hasher.hash_one(key(&item)) % hands.queues.len() as u64) as usize;
                    std::mem::forget(keying);
                    if last != Some(worker) {
                        hands.queues[worker].push_back((*next, self.unit()));
                        *next += 1;
                        last = Some(worker);
                    }
                    if let Some((_, unit)) = hands.queues[worker].back_mut() {
                        unit.items.push_back(item);
                    }
                    hands.dealt += 1;
                }
                input.before_park();
            }
            _ => {
                *input = None;
                hands.ended = true;
            }
        }
        drop(hands);
        self.changed.notify_waiters();
    }
}

/// An item whose key is being asked for. Dropped, the user's function has panicked: the item was received, and failed.
struct Keying<'a, I: Inlet, F>(&'a Table<I, F>);

impl<I: Inlet, F> Drop for Keying<'_, I, F> {
    fn drop(&mut self) {
        let meter = self.0.core.stage(self.0.stage);
        meter.received.fetch_add(1, Relaxed);
        meter.failed.fetch_add(1, Relaxed);
    }
}

/// One worker's input.
pub struct KeyedMember<I: Inlet, F> {
    table: Arc<Table<I, F>>,
    worker: usize,
    unit: Unit<I::Item>,
}

impl<I: Inlet, F> KeyedMember<I, F> {
    /// What was dealt to this worker; `None`: nothing yet, `Some(None)`: nothing any more.
    fn own(&mut self) -> Option<Option<u64>> {
        let mut hands = self.table.hands();
        match hands.queues[self.worker].pop_front() {
            Some((number, unit)) => {
                hands.dealt -= unit.items.len();
                drop(hands);
                self.unit = unit;
                self.table.changed.notify_waiters();
                Some(Some(number))
            }
            None if hands.ended => Some(None),
            None => None,
        }
    }
}

impl<I, F, K> Units for KeyedMember<I, F>
where
    I: Inlet<Item: Send>,
    F: FnMut(&I::Item) -> K + Send,
    K: Hash,
{
    type Item = I::Item;

    fn pop(&mut self) -> Option<I::Item> {
        self.unit.items.pop_front()
    }

    fn in_unit(&self) -> bool {
        !self.unit.items.is_empty()
    }

    async fn take_unit(&mut self) -> Option<u64> {
        loop {
            let table = self.table.clone();
            let changed = table.changed.notified();
            if let Some(own) = self.own() {
                return own;
            }
            // Only now: what was dealt before an error comes before it in the order.
            if self.unit.meter().intake_closed.load(Acquire) {
                return None;
            }
            tokio::select! {
                () = changed => {}
                () = table.deal() => {}
            }
        }
    }
}
