//! Outputs of parallel workers, put back into the order of the input.
//!
//! The input is handed out in numbered *units* (see [`Crew`](crate::stage::Crew)). A worker deposits what a unit gave;
//! whoever deposits the unit whose turn it is delivers it and all that is ready behind it. Nobody collects, nobody
//! waits for a collector. How far ahead workers may run is bounded where units are handed out.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::*};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all};
use tokio::sync::Notify;

use super::{EitherSender, Parcel, Push};
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
    /// `ready[i]` is what unit `next + i` has given so far.
    ready: Mutex<VecDeque<Slot<T>>>,
    /// Held by the worker that delivers. `None` for a sink, which has an order but no output.
    sender: tokio::sync::Mutex<Option<EitherSender<T>>>,
    /// What the workers flush at the end of the input; the last of them sends it, in the order of the ranks.
    last: Mutex<Vec<(Rank, Parcel<T>)>>,
    meter: Arc<crate::core::EdgeMeter>,
    workers: AtomicUsize,
}

/// What a unit has given and what was not delivered yet.
struct Slot<T> {
    parcel: Parcel<T>,
    complete: bool,
}

/// The place of something that is flushed at the end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Rank {
    /// The number of a window by time, which is when it is over; else 0.
    pub(crate) number: u64,
    /// The unit in which it was begun.
    pub(crate) unit: u64,
    /// The place among what one worker has begun.
    pub(crate) begun: u64,
}

impl<T: Send> Reorder<T> {
    /// The shared part of `workers` outputs into one edge.
    pub fn new(sender: impl Into<EitherSender<T>>, workers: usize) -> Arc<Self> {
        let sender = sender.into();
        let meter = sender.meter().clone();
        Self::build(Some(sender), meter, workers)
    }

    fn build(sender: Option<EitherSender<T>>, meter: Arc<crate::core::EdgeMeter>, workers: usize) -> Arc<Self> {
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

    fn ready(&self) -> MutexGuard<'_, VecDeque<Slot<T>>> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn last(&self) -> MutexGuard<'_, Vec<(Rank, Parcel<T>)>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds to what a unit, which has not been delivered, has given.
    fn deposit(&self, unit: u64, parcel: &mut Parcel<T>, complete: bool) {
        let mut ready = self.ready();
        // `next` moves under this lock, so the distance is exact.
        let at = (unit - self.turns.next()) as usize;
        if ready.len() <= at {
            ready.resize_with(at + 1, || Slot { parcel: Parcel::new(self.meter.clone()), complete: false });
        }
        ready[at].parcel.append(parcel);
        ready[at].complete |= complete;
    }

    fn head_is_ready(&self) -> bool {
        self.ready().front().is_some_and(|slot| slot.complete || !slot.parcel.is_empty())
    }

    /// What the unit whose turn it is has given so far, for whoever holds the sender.
    fn take_head(&self) -> Option<Head<'_, T>> {
        let mut ready = self.ready();
        let slot = ready.front_mut().filter(|slot| slot.complete || !slot.parcel.is_empty())?;
        Some(Head { reorder: self, parcel: slot.parcel.take(), complete: slot.complete })
    }

    fn end_head(&self) {
        let mut ready = self.ready();
        ready.pop_front();
        self.turns.advance();
    }

    /// Delivers what is next in order, and all that is ready behind it, unless somebody is at it already.
    async fn deliver(&self) {
        while self.head_is_ready() {
            let Ok(mut sender) = self.sender.try_lock() else { return };
            while let Some(mut head) = self.take_head() {
                if let Some(sender) = sender.as_mut() {
                    send_all(&mut head.parcel, sender).await;
                }
                if head.complete {
                    self.end_head();
                }
            }
            if let Some(sender) = sender.as_mut() {
                sender.before_park();
            }
            // Who deposited while the sender was locked has left it to us: look again once it is free.
        }
    }
}

impl<T: Send + 'static> Reorder<T> {
    /// One worker's output.
    pub fn member(self: &Arc<Self>) -> Ordered<T> {
        Ordered {
            shared: self.clone(),
            deliverer: self.clone(),
            unit: 0,
            after: 0,
            kept: Parcel::new(self.meter.clone()),
            deposited: 0,
            rank: None,
        }
    }
}

/// A delivery that goes on by itself, beside whatever a worker waits for. An object, since the bound `'static` may not
/// stand where a task's future must be seen to be `Send`: rustc erases the lifetimes inside `T` there.
trait Deliver: Send + Sync {
    fn start(self: Arc<Self>) -> Option<BoxFuture<'static, ()>>;
}

impl<T: Send + 'static> Deliver for Reorder<T> {
    fn start(self: Arc<Self>) -> Option<BoxFuture<'static, ()>> {
        self.head_is_ready().then(|| async move { self.deliver().await }.boxed())
    }
}

/// What is being delivered. A delivery that is dropped half-way puts the rest back.
struct Head<'a, T: Send> {
    reorder: &'a Reorder<T>,
    parcel: Parcel<T>,
    /// The unit gives no more than this.
    complete: bool,
}

impl<T: Send> Drop for Head<'_, T> {
    fn drop(&mut self) {
        if !self.parcel.is_empty()
            && let Some(slot) = self.reorder.ready().front_mut()
        {
            self.parcel.append(&mut slot.parcel);
            slot.parcel.append(&mut self.parcel);
        }
    }
}

impl Reorder<()> {
    /// The order of a sink's workers: units without outputs.
    pub fn without_output(workers: usize) -> Arc<Self> {
        Self::build(None, Arc::default(), workers)
    }
}

async fn send_all<T: Send>(parcel: &mut Parcel<T>, sender: &mut EitherSender<T>) {
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
    deliverer: Arc<dyn Deliver>,
    unit: u64,
    /// What is kept may go when this many units have been delivered.
    after: u64,
    kept: Parcel<T>,
    /// How much of the unit was deposited before its end.
    deposited: usize,
    /// The input has ended: what is kept has this place among what all workers flush.
    rank: Option<Rank>,
}

impl<T: Send> Ordered<T> {
    /// Whether an item may be pushed without waiting.
    #[inline]
    pub fn has_room(&self) -> bool {
        self.kept.len() + self.deposited < KEEP || self.rank.is_some()
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
    /// What the unit has given is there for whoever delivers it when its turn has come.
    fn before_park(&mut self) {
        let in_unit = self.after == self.unit && self.rank.is_none();
        if in_unit && !self.kept.is_empty() {
            self.deposited += self.kept.len();
            self.shared.deposit(self.unit, &mut self.kept, false);
        }
    }

    fn deliveries(&self, deliveries: &mut Vec<BoxFuture<'static, ()>>) {
        deliveries.extend(self.deliverer.clone().start());
    }
}

impl<T: Send> Outlet for Ordered<T> {
    fn begin_unit(&mut self, unit: u64) {
        (self.unit, self.after, self.deposited) = (unit, unit, 0);
    }

    fn deposit(&mut self) {
        self.after = self.unit + 1;
        self.shared.deposit(self.unit, &mut self.kept, true);
    }

    async fn deliver(&mut self) {
        self.shared.deliver().await;
    }

    async fn flush_in_turn(&mut self) {
        // What comes before may be ready, and we may be the only one about.
        self.shared.deliver().await;
        self.shared.turns.reach(self.after).await;
        if let Some(sender) = self.shared.sender.lock().await.as_mut() {
            // In a unit whose turn it is, what was deposited of it goes first.
            if self.after == self.unit
                && let Some(mut head) = self.shared.take_head()
            {
                send_all(&mut head.parcel, sender).await;
            }
            send_all(&mut self.kept, sender).await;
            sender.before_park();
        }
        self.deposited = 0;
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
        // A delivery beside the wait for a further unit may have been given up, and left its rest.
        self.shared.deliver().await;
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
