//! The producer's end of an edge.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::Ordering::*;
use std::time::{Duration, Instant};

use super::queue::QueueSender;
use super::{Chunk, Push, Shared};
use crate::stage::{Outlet, Park};

/// A chunk's first item goes out at once when that of the last chunk is longer ago: the stage is slow enough to afford
/// it.
const PUBLISH_AFTER: Duration = Duration::from_micros(30);

/// Pushes items into an edge. Owned by the stage's task alone; user code never sees one.
///
/// The rule of publication: a chunk is handed over when it is full, when the consumer waits, when the producer is
/// slow, and before the producer's task parks for any reason.
pub struct Sender<T> {
    /// `None` once it has finished: the channel is not kept open by a task that goes on.
    tx: Option<QueueSender<Chunk<T>>>,
    shared: Arc<Shared>,
    chunk: Vec<T>,
    credits: usize,
    /// When the last chunk was begun.
    begun: Instant,
    /// How long chunks have been of late.
    usual: usize,
    /// After so many items the chunk is handed over in any case.
    due: usize,
    /// Publish each item: the stage's thread may block.
    eager: bool,
    /// Several workers send: spare credits are given back before parking.
    pooled: bool,
    finished: bool,
}

impl<T> Sender<T> {
    pub(super) fn new(tx: QueueSender<Chunk<T>>, shared: Arc<Shared>) -> Self {
        Self::sharing(Some(tx), shared)
    }

    fn sharing(tx: Option<QueueSender<Chunk<T>>>, shared: Arc<Shared>) -> Self {
        Self {
            tx,
            shared,
            chunk: Vec::new(),
            credits: 0,
            begun: Instant::now(),
            usual: 0,
            due: 1,
            eager: false,
            pooled: false,
            finished: false,
        }
    }

    /// Publish each item from now on.
    pub fn eager(mut self) -> Self {
        self.eager = true;
        self
    }

    /// Whether each item is published.
    pub(crate) fn is_eager(&self) -> bool {
        self.eager
    }

    /// A further owner of the same edge: it ends when all of them have finished.
    pub fn share(&mut self) -> Self {
        self.pooled = true;
        self.shared.owners.fetch_add(1, AcqRel);
        let mut other = Self::sharing(self.tx.clone(), self.shared.clone());
        (other.eager, other.pooled) = (self.eager, true);
        other
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Whether the consumer has gone.
    pub(crate) fn is_closed(&self) -> bool {
        self.shared.gone.load(Acquire)
    }

    /// Whether an item may be pushed without waiting.
    #[inline]
    pub fn has_room(&self) -> bool {
        self.credits > 0
    }

    /// Waits until an item may be pushed. With nobody left to work for it never returns, and the task is ended; with
    /// other consumers left it returns, and what is pushed here goes nowhere.
    pub async fn room(&mut self) {
        if self.wait_for_room().await {
            return;
        }
        if !self.shared.producer_is_needed() {
            pending().await
        }
        self.ignore_credits();
    }

    /// Waits until an item may be pushed; `false` if the consumer has gone.
    pub(crate) async fn wait_for_room(&mut self) -> bool {
        if self.try_room() {
            return true;
        }
        self.publish();
        let granted = self.shared.credit().await;
        if granted {
            self.grant();
        }
        granted
    }

    /// Whether an item may be pushed now; takes what credits there are.
    #[inline]
    pub(crate) fn try_room(&mut self) -> bool {
        self.credits > 0 || self.take_credits()
    }

    /// Takes over a [credit](Shared::credit), and what others there are.
    pub(crate) fn grant(&mut self) {
        self.credits += 1;
        self.take_credits();
    }

    fn ignore_credits(&mut self) -> bool {
        self.credits = usize::MAX;
        true
    }

    /// Takes what credits there are, up to a chunk's worth.
    fn take_credits(&mut self) -> bool {
        let credits = &self.shared.credits;
        let wanted = credits.available_permits().min(self.shared.chunk);
        let taken = [wanted, 1].into_iter().find_map(|n| {
            let n = u32::try_from(n).ok().filter(|n| *n > 0)?;
            credits.try_acquire_many(n).ok().map(|permits| {
                permits.forget();
                n
            })
        });
        self.credits += taken.unwrap_or(0) as usize;
        taken.is_some()
    }

    /// Pushes an item, for which [`has_room`](Self::has_room) holds or [`room`](Self::room) was awaited.
    #[inline]
    pub fn push(&mut self, item: T) {
        debug_assert!(self.credits > 0, "pushed without a credit");
        self.credits -= 1;
        if self.chunk.is_empty() {
            self.begin();
        }
        self.chunk.push(item);
        if self.is_due() {
            self.publish();
        }
    }

    /// A chunk begins. Of a stage that is slow each chunk's first item goes out at once.
    #[cold]
    fn begin(&mut self) {
        self.chunk.reserve(self.usual);
        if self.shared.chunk == 1 {
            // Each chunk is due with its first item, whatever the time is.
            return;
        }
        let now = Instant::now();
        let since = now - std::mem::replace(&mut self.begun, now);
        let at_once = self.eager || since > PUBLISH_AFTER;
        self.due = if at_once { 1 } else { self.shared.chunk };
    }

    /// For items that are pushed at a stretch.
    #[inline]
    pub fn fill(&mut self) -> Filling<'_, T> {
        let (chunk, full) = self.lend(false);
        Filling { before: chunk.len(), full, chunk, sender: self }
    }

    /// The chunk, to be filled elsewhere, and how long it may become there. `begin`: one that is empty is begun.
    fn lend(&mut self, begin: bool) -> (Vec<T>, usize) {
        let begun = self.chunk.capacity() > 0;
        if !(begun || begin) || !self.try_room() {
            return (std::mem::take(&mut self.chunk), 0);
        }
        if !begun {
            self.begin();
        }
        if self.chunk.len() == self.chunk.capacity() {
            self.chunk.reserve(1);
        }
        let full = self.due.min(self.chunk.len().saturating_add(self.credits));
        (std::mem::take(&mut self.chunk), full)
    }

    /// Takes back the chunk, to which `pushed` items were added.
    #[inline]
    fn give_back(&mut self, chunk: Vec<T>, pushed: usize) {
        self.chunk = chunk;
        self.credits -= pushed;
    }

    /// The chunk comes back, and is lent again unless it is due.
    #[cold]
    #[inline(never)]
    fn renew(&mut self, chunk: Vec<T>, pushed: usize) -> (Vec<T>, usize) {
        self.give_back(chunk, pushed);
        if !self.chunk.is_empty() && self.is_due() {
            self.publish();
        }
        self.lend(true)
    }

    /// Whether the chunk is to be handed over now.
    #[inline]
    fn is_due(&self) -> bool {
        self.chunk.len() >= self.due || self.shared.waiting.load(Relaxed)
    }

    /// Sends an item, for which there is room, at once; it comes back if the channel has been closed.
    pub(crate) fn send_now(&mut self, item: T) -> Result<(), T> {
        self.credits -= 1;
        let Some(tx) = &self.tx else { return Err(item) };
        match tx.send(Chunk::new(vec![item], self.shared.clone())) {
            Ok(()) => Ok(()),
            Err(mut chunk) => chunk.pop().map_or(Ok(()), Err),
        }
    }

    /// Hands over what has been pushed.
    pub fn publish(&mut self) {
        if self.chunk.is_empty() {
            return;
        }
        let Some(tx) = self.tx.as_ref().filter(|_| !self.is_closed()) else {
            self.chunk.clear();
            return;
        };
        let items = std::mem::take(&mut self.chunk);
        self.usual = items.len().max(self.usual / 2);
        self.shared.meter.sent.fetch_add(items.len() as u64, Relaxed);
        self.shared.waiting.store(false, Relaxed);
        // A consumer that goes this very moment leaves the chunk to be dropped, which counts it.
        drop(tx.send(Chunk::new(items, self.shared.clone())));
    }

    /// All has been pushed: the owner closes, once.
    pub(crate) fn end(&mut self) {
        if !std::mem::replace(&mut self.finished, true) {
            self.publish();
            self.shared.owner_finished();
            self.tx = None;
        }
    }

    /// One owner fewer: the workers have their shares, and the original is not needed any more.
    pub fn retire(mut self) {
        self.end();
    }

    /// What can end the edge when the sender itself is out of reach.
    pub(crate) fn closer(&self) -> Closer<T> {
        Closer { tx: self.tx.clone(), shared: self.shared.clone() }
    }

    fn return_credits(&mut self) {
        let spare = std::mem::take(&mut self.credits);
        if spare > 0 && !self.shared.credits.is_closed() {
            self.shared.credits.add_permits(spare);
        }
    }
}

/// A chunk that is being filled, out of its sender, where a loop keeps it in registers. It comes back also when what
/// gives the items panics.
pub struct Filling<'a, T> {
    chunk: Vec<T>,
    /// How much of it was there before.
    before: usize,
    /// How long it may become here.
    full: usize,
    sender: &'a mut Sender<T>,
}

impl<T> Filling<'_, T> {
    /// Whether an item may be pushed without waiting.
    #[inline(always)]
    pub fn has_room(&mut self) -> bool {
        if !self.is_full() {
            return true;
        }
        self.renew();
        !self.is_full()
    }

    /// The capacity is asked for although it is never less: so the compiler sees that a push does not grow the chunk.
    #[inline(always)]
    fn is_full(&self) -> bool {
        self.chunk.len() >= self.full || self.chunk.len() == self.chunk.capacity()
    }

    /// Pushes an item, for which there is room.
    #[inline(always)]
    pub fn push(&mut self, item: T) {
        self.chunk.push(item);
        if self.chunk.len() >= self.full || self.sender.shared.waiting.load(Relaxed) {
            self.renew();
        }
    }

    #[inline(always)]
    fn renew(&mut self) {
        let chunk = std::mem::take(&mut self.chunk);
        let pushed = chunk.len() - self.before;
        (self.chunk, self.full) = self.sender.renew(chunk, pushed);
        self.before = self.chunk.len();
    }
}

impl<T> Drop for Filling<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        let chunk = std::mem::take(&mut self.chunk);
        let pushed = chunk.len() - self.before;
        self.sender.give_back(chunk, pushed);
    }
}

/// Ends an edge whose sender was given away. It keeps the channel open until then, so that the consumer learns of the
/// end and its kind at once.
pub struct Closer<T> {
    tx: Option<QueueSender<Chunk<T>>>,
    shared: Arc<Shared>,
}

impl<T> Closer<T> {
    /// What has been published is all there is.
    pub fn end(self) {
        self.shared.end();
        // The sender may live on somewhere: an empty chunk is what tells of the end. With no consumer nobody need know.
        drop(self.tx.map(|tx| tx.send(Chunk::new(Vec::new(), self.shared.clone()))));
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.publish();
        self.return_credits();
    }
}

impl<T: Send> Park for Sender<T> {
    fn before_park(&mut self) {
        self.publish();
        if self.pooled {
            self.return_credits();
        }
    }
}

impl<T: Send> Outlet for Sender<T> {
    async fn finish(&mut self) {
        self.end();
    }
}

impl<T: Send> Push for Sender<T> {
    type Item = T;

    fn has_room(&self) -> bool {
        self.has_room()
    }

    async fn room(&mut self) {
        self.room().await;
    }

    /// One after the other, as all workers do it: so no two of them can each hold what the other waits for.
    async fn room_in_all(outputs: &mut [Self]) {
        outputs.iter_mut().for_each(Self::publish);
        for output in outputs {
            output.room().await;
        }
    }

    fn push(&mut self, item: T) {
        self.push(item);
    }
}
