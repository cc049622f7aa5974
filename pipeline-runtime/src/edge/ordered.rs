//! Outputs of parallel workers, put back into the order of the input.
//!
//! The input is handed out in numbered *units* (see [`Crew`](crate::stage::Crew)). A worker deposits what a unit gave;
//! whoever deposits the unit whose turn it is delivers it and all that is ready behind it. Nobody collects, nobody
//! waits for a collector. How far ahead workers may run is bounded where units are handed out.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::*};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::join_all;
use tokio::sync::Notify;

use super::{Parcel, Push, Sender};
use crate::stage::{Outlet, Park};

/// Items that one worker may keep back before its turn has come.
const KEEP: usize = 1024;

/// How far a stage has got in the order of its units.
#[derive(Default)]
pub struct Turns {
    next: AtomicU64,
    moved: Notify,
}

impl Turns {
    pub(crate) fn next(&self) -> u64 {
        self.next.load(Acquire)
    }

    fn advance(&self) {
        self.next.fetch_add(1, AcqRel);
        self.moved.notify_waiters();
    }

    /// Waits until all units before `unit` have been delivered.
    pub(crate) async fn reach(&self, unit: u64) {
        loop {
            let moved = self.moved.notified();
            if self.next() >= unit {
                return;
            }
            moved.await;
        }
    }
}

/// What the workers of an ordered stage share about one of its outputs.
pub struct Reorder<T> {
    turns: Arc<Turns>,
    /// `ready[i]` is what unit `next + i` gave; `None` while it is not known or being delivered.
    ready: Mutex<VecDeque<Option<Parcel<T>>>>,
    /// Held by the worker that delivers. `None` for a sink, which has an order but no output.
    sender: tokio::sync::Mutex<Option<Sender<T>>>,
    /// What the workers flush at the end of the input; the last of them sends it, in the order of the ranks.
    last: Mutex<Vec<(Rank, Parcel<T>)>>,
    meter: Arc<crate::core::EdgeMeter>,
    workers: AtomicUsize,
}

/// Where something that is flushed at the end began: the unit, and the place among what began in it.
pub type Rank = (u64, u64);

impl<T: Send> Reorder<T> {
    /// The shared part of `workers` outputs into one edge.
    pub fn new(sender: Sender<T>, workers: usize) -> Arc<Self> {
        let meter = sender.shared().meter.clone();
        Self::build(Some(sender), meter, workers)
    }

    fn build(sender: Option<Sender<T>>, meter: Arc<crate::core::EdgeMeter>, workers: usize) -> Arc<Self> {
        Arc::new(Self {
            turns: Arc::default(),
            ready: Mutex::default(),
            last: Mutex::default(),
            sender: tokio::sync::Mutex::new(sender),
            meter,
            workers: AtomicUsize::new(workers),
        })
    }

    /// The progress that bounds how far workers run ahead.
    pub fn turns(&self) -> Arc<Turns> {
        self.turns.clone()
    }

    /// One worker's output.
    pub fn member(self: &Arc<Self>) -> Ordered<T> {
        Ordered { shared: self.clone(), unit: 0, after: 0, kept: Parcel::new(self.meter.clone()), rank: None }
    }

    fn ready(&self) -> MutexGuard<'_, VecDeque<Option<Parcel<T>>>> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn last(&self) -> MutexGuard<'_, Vec<(Rank, Parcel<T>)>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn deposit(&self, unit: u64, parcel: Parcel<T>) {
        let mut ready = self.ready();
        // `next` moves under this lock, so the distance is exact.
        let at = (unit - self.turns.next()) as usize;
        if ready.len() <= at {
            ready.resize_with(at + 1, || None);
        }
        ready[at] = Some(parcel);
    }

    fn head_is_ready(&self) -> bool {
        matches!(self.ready().front(), Some(Some(_)))
    }

    /// Delivers what is next in order, and all that is ready behind it, unless somebody is at it already.
    async fn deliver(&self) {
        while self.head_is_ready() {
            let Ok(mut sender) = self.sender.try_lock() else { return };
            while let Some(mut parcel) = { self.ready().front_mut().and_then(Option::take) } {
                if let Some(sender) = sender.as_mut() {
                    send_all(&mut parcel, sender).await;
                }
                let mut ready = self.ready();
                ready.pop_front();
                self.turns.advance();
            }
            if let Some(sender) = sender.as_mut() {
                sender.before_park();
            }
            // Who deposited while the sender was locked has left it to us: look again once it is free.
        }
    }
}

impl Reorder<()> {
    /// The order of a sink's workers: units without outputs.
    pub fn without_output(workers: usize) -> Arc<Self> {
        Self::build(None, Arc::default(), workers)
    }
}

async fn send_all<T: Send>(parcel: &mut Parcel<T>, sender: &mut Sender<T>) {
    while !parcel.is_empty() {
        if !sender.has_room() {
            sender.room().await;
        }
        if let Some(item) = parcel.pop() {
            sender.push(item);
        }
    }
}

/// One worker's output into an edge that keeps the input's order.
pub struct Ordered<T> {
    shared: Arc<Reorder<T>>,
    unit: u64,
    /// What is kept may go when this many units have been delivered.
    after: u64,
    kept: Parcel<T>,
    /// The input has ended: what is kept has this place among what all workers flush.
    rank: Option<Rank>,
}

impl<T: Send> Ordered<T> {
    /// Whether an item may be pushed without waiting.
    #[inline]
    pub fn has_room(&self) -> bool {
        self.kept.len() < KEEP || self.rank.is_some()
    }

    /// Puts what was flushed last to what all workers flush.
    fn rank_kept(&mut self) {
        if let Some(rank) = self.rank.take() {
            let kept = self.kept.take();
            self.shared.last().push((rank, kept));
        }
    }

    /// Waits for the unit's turn and delivers what it has given so far.
    pub async fn room(&mut self) {
        self.flush_in_turn().await;
    }

    /// Pushes an item, for which there is room.
    #[inline]
    pub fn push(&mut self, item: T) {
        self.kept.push(item);
    }
}

impl<T: Send> Push for Ordered<T> {
    type Item = T;

    fn has_room(&self) -> bool {
        self.has_room()
    }

    async fn room(&mut self) {
        self.room().await;
    }

    async fn room_in_all(outputs: &mut [Self]) {
        join_all(outputs.iter_mut().map(Self::flush_in_turn)).await;
    }

    fn push(&mut self, item: T) {
        self.push(item);
    }
}

impl<T: Send> Park for Ordered<T> {
    /// If it is this unit's turn, what it has given goes out as far as there is room. (Between units it waits for
    /// [`flush_in_turn`](Outlet::flush_in_turn): then another worker's unit may be ready, and not be seen by us.)
    fn before_park(&mut self) {
        let in_unit = self.after == self.unit && self.rank.is_none();
        if self.kept.is_empty() || !in_unit || self.shared.turns.next() != self.unit {
            return;
        }
        let Ok(mut sender) = self.shared.sender.try_lock() else { return };
        let Some(sender) = sender.as_mut() else { return };
        while !self.kept.is_empty() && sender.try_room() {
            if let Some(item) = self.kept.pop() {
                sender.push(item);
            }
        }
        sender.before_park();
    }
}

impl<T: Send> Outlet for Ordered<T> {
    fn begin_unit(&mut self, unit: u64) {
        (self.unit, self.after) = (unit, unit);
    }

    fn deposit(&mut self) {
        self.after = self.unit + 1;
        self.shared.deposit(self.unit, self.kept.take());
    }

    async fn deliver(&mut self) {
        self.shared.deliver().await;
    }

    async fn flush_in_turn(&mut self) {
        self.shared.turns.reach(self.after).await;
        if let Some(sender) = self.shared.sender.lock().await.as_mut() {
            send_all(&mut self.kept, sender).await;
            sender.before_park();
        }
        self.shared.deliver().await;
    }

    fn at_end(&mut self, rank: Rank) {
        self.rank_kept();
        self.rank = Some(rank);
    }

    async fn finish(&mut self) {
        self.rank_kept();
        if !self.kept.is_empty() {
            self.flush_in_turn().await;
        }
        if self.shared.workers.fetch_sub(1, AcqRel) == 1
            && let Some(sender) = self.shared.sender.lock().await.as_mut()
        {
            let mut last = std::mem::take(&mut *self.shared.last());
            last.sort_by_key(|(rank, _)| *rank);
            for (_, mut parcel) in last {
                send_all(&mut parcel, sender).await;
            }
            sender.end();
        }
    }
}
