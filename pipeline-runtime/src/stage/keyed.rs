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
use std::vec;

use tokio::sync::Notify;

use super::crew::{Unit, Units};
use super::{Inlet, Supply, Task};
use crate::core::Core;
use crate::edge::Turns;

/// Items dealt out and not taken up, for each worker, before dealing stops.
const DEALT: usize = 128;
/// Units that workers may be ahead of the one whose turn it is, for each worker.
const AHEAD: u64 = 256;

/// The input of a keyed stage with workers.
pub struct Keyed<I: Inlet> {
    table: Arc<Table<I>>,
}

struct Table<I: Inlet> {
    core: Arc<Core>,
    stage: usize,
    dealer: tokio::sync::Mutex<Dealer<I>>,
    hands: Mutex<Hands<I::Item>>,
    /// Something was dealt, taken, or has ended.
    changed: Notify,
    turns: Vec<Arc<Turns>>,
    limit: usize,
    window: u64,
}

struct Dealer<I: Inlet> {
    input: Option<I>,
    hash: HashOfKey<I::Item>,
    next: u64,
}

/// What decides on an item's worker. An object, since a generic function of a reference to an item that holds a trait
/// object keeps rustc from seeing that a task's future is `Send`.
type HashOfKey<T> = Box<dyn FnMut(&T) -> u64 + Send>;

struct Hands<T> {
    queues: Vec<VecDeque<(u64, Unit<T>)>>,
    dealt: usize,
    ended: bool,
}

impl<I: Inlet> Keyed<I> {
    /// Shares `input` among `workers` by what `key` says of an item.
    pub fn new<E, K: Hash>(
        task: &Task<E>,
        input: I,
        workers: usize,
        turns: Vec<Arc<Turns>>,
        mut key: impl FnMut(&I::Item) -> K + Send + 'static,
    ) -> Self {
        let hasher = RandomState::new();
        let hash = Box::new(move |item: &I::Item| hasher.hash_one(key(item)));
        let dealer = Dealer { input: Some(input), hash, next: 0 };
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
    pub fn member(&self, worker: usize) -> KeyedMember<I> {
        KeyedMember { table: self.table.clone(), worker, unit: self.table.unit() }
    }
}

impl<I: Inlet> Table<I> {
    fn hands(&self) -> std::sync::MutexGuard<'_, Hands<I::Item>> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unit(&self) -> Unit<I::Item> {
        Unit::new(self.core.clone(), self.stage)
    }
}

impl<I: Inlet<Item: Send>> Table<I> {
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
        let Dealer { input, hash, next } = &mut *dealer;
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
                    let worker = (hash(&item) % hands.queues.len() as u64) as usize;
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
struct Keying<'a, I: Inlet>(&'a Table<I>);

impl<I: Inlet> Drop for Keying<'_, I> {
    fn drop(&mut self) {
        let meter = self.0.core.stage(self.0.stage);
        meter.received.fetch_add(1, Relaxed);
        meter.failed.fetch_add(1, Relaxed);
    }
}

/// One worker's input.
pub struct KeyedMember<I: Inlet> {
    table: Arc<Table<I>>,
    worker: usize,
    unit: Unit<I::Item>,
}

impl<I: Inlet> KeyedMember<I> {
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

impl<I: Inlet> Supply for KeyedMember<I> {
    type Item = I::Item;

    fn pop(&mut self) -> Option<I::Item> {
        self.unit.items.pop_front()
    }

    fn lend(&mut self) -> vec::IntoIter<I::Item> {
        self.unit.lend()
    }

    fn give_back(&mut self, left: vec::IntoIter<I::Item>) {
        self.unit.give_back(left);
    }
}

impl<I: Inlet<Item: Send>> Units for KeyedMember<I> {
    fn in_unit(&self) -> bool {
        !self.unit.items.is_empty()
    }

    fn others_wait(&self) -> bool {
        // Dealing wakes whoever was dealt to.
        self.table.hands().dealt > 0
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
