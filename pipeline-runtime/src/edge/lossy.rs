//! The edge of a `lossy` branch: when it is full it drops an item instead of making its producer wait.
//!
//! Items are put in one by one, under a lock, since one that lies in a chunk could not be dropped any more. What was
//! dropped counts as sent and abandoned, so the account is that of every edge, and as dropped besides.
//!
//! With capacity 0 it is a rendezvous: it keeps an item only for a consumer that waits, and drops all others.

use std::collections::VecDeque;
use std::sync::atomic::Ordering::*;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::Push;
use super::join::Side;
use crate::core::{Core, EdgeMeter};
use crate::stage::{Inlet, Outlet, Park, Supply};

/// Which item a full edge drops.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lossy {
    /// The one that has been in it for longest.
    DropOldest,
    /// The one that was to be put in.
    DropNewest,
}

/// What both ends share.
struct Shared<T> {
    meter: Arc<EdgeMeter>,
    /// The run and the producing stage, which hears of it when the consumer goes.
    producer: Option<(Arc<Core>, usize)>,
    queue: Mutex<Queue<T>>,
}

struct Queue<T> {
    items: VecDeque<T>,
    capacity: usize,
    lossy: Lossy,
    /// Senders that have neither finished nor been dropped by a failure.
    owners: usize,
    /// The last owner has finished.
    ended: bool,
    /// The consumer has gone.
    gone: bool,
    /// A rendezvous' consumer waits for an item.
    granted: bool,
    waiting: Option<Waker>,
}

impl<T> Shared<T> {
    fn queue(&self) -> MutexGuard<'_, Queue<T>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts an item in. What has to give way is dropped outside of the lock, for its drop is the user's code.
    fn put(&self, item: T) {
        let mut queue = self.queue();
        if queue.gone {
            drop(queue);
            return;
        }
        let (dropped, waiting) = (queue.put(item), queue.waiting.take());
        self.meter.sent.fetch_add(1, Relaxed);
        if dropped.is_some() {
            self.meter.abandoned.fetch_add(1, Relaxed);
            self.meter.dropped.fetch_add(1, Relaxed);
        }
        drop(queue);
        if let Some(waiting) = waiting {
            waiting.wake();
        }
        drop(dropped);
    }
}

impl<T> Queue<T> {
    /// Adds an item; gives back what there is no room for.
    fn put(&mut self, item: T) -> Option<T> {
        let has_room = match self.capacity {
            0 => std::mem::take(&mut self.granted),
            capacity => self.items.len() < capacity,
        };
        self.items.push_back(item);
        match self.lossy {
            _ if has_room => None,
            Lossy::DropOldest => self.items.pop_front(),
            Lossy::DropNewest => self.items.pop_back(),
        }
    }
}

/// A lossy edge of `capacity` items.
pub(crate) fn lossy_edge<T>(
    capacity: usize,
    lossy: Lossy,
    meter: Arc<EdgeMeter>,
    producer: Option<(Arc<Core>, usize)>,
) -> (LossySender<T>, LossyReceiver<T>) {
    meter.capacity.store(capacity, Relaxed);
    let queue = Queue {
        items: VecDeque::new(),
        capacity,
        lossy,
        owners: 1,
        ended: false,
        gone: false,
        granted: false,
        waiting: None,
    };
    let shared = Arc::new(Shared { meter, producer, queue: Mutex::new(queue) });
    (LossySender { shared: shared.clone(), finished: false }, LossyReceiver { shared })
}

/// Puts items into a lossy edge; never waits.
///
/// As with every edge, a sender that merely goes away has not ended it: see [the module](super).
pub struct LossySender<T> {
    shared: Arc<Shared<T>>,
    finished: bool,
}

impl<T> LossySender<T> {
    pub(crate) fn meter(&self) -> &Arc<EdgeMeter> {
        &self.shared.meter
    }

    /// A further owner of the same edge: it ends when all of them have finished.
    pub(crate) fn share(&self) -> Self {
        self.shared.queue().owners += 1;
        Self { shared: self.shared.clone(), finished: false }
    }

    /// All has been pushed: the owner closes, once.
    pub(crate) fn end(&mut self) {
        if std::mem::replace(&mut self.finished, true) {
            return;
        }
        let mut queue = self.shared.queue();
        queue.owners -= 1;
        if queue.owners > 0 {
            return;
        }
        queue.ended = true;
        let waiting = queue.waiting.take();
        drop(queue);
        if let Some(waiting) = waiting {
            waiting.wake();
        }
    }
}

impl<T: Send> Park for LossySender<T> {
    fn before_park(&mut self) {}
}

impl<T: Send> Outlet for LossySender<T> {
    async fn finish(&mut self) {
        self.end();
    }
}

impl<T: Send> Push for LossySender<T> {
    type Item = T;

    fn has_room(&self) -> bool {
        true
    }

    async fn room(&mut self) {}

    async fn room_in_all(_: &mut [Self]) {}

    fn push(&mut self, item: T) {
        self.shared.put(item);
    }
}

/// Takes items from a lossy edge.
pub struct LossyReceiver<T> {
    shared: Arc<Shared<T>>,
}

impl<T: Send> Supply for LossyReceiver<T> {
    type Item = T;

    fn pop(&mut self) -> Option<T> {
        let item = self.shared.queue().items.pop_front()?;
        self.shared.meter.received.fetch_add(1, Relaxed);
        Some(item)
    }
}

impl<T: Send> Inlet for LossyReceiver<T> {
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        let mut queue = self.shared.queue();
        if !queue.items.is_empty() {
            return Poll::Ready(true);
        }
        if queue.ended {
            return Poll::Ready(false);
        }
        queue.granted = true;
        queue.waiting.clone_from(&Some(cx.waker().clone()));
        Poll::Pending
    }
}

impl<T: Send> Side for LossyReceiver<T> {
    const DROPS: bool = true;

    /// Once true it stays true until an item is taken: what is dropped has made way for another one.
    fn is_ready(&self) -> bool {
        !self.shared.queue().items.is_empty()
    }
}

impl<T: Send> Park for LossyReceiver<T> {
    fn before_park(&mut self) {}
}

impl<T> Drop for LossyReceiver<T> {
    fn drop(&mut self) {
        let mut queue = self.shared.queue();
        queue.gone = true;
        let left = std::mem::take(&mut queue.items);
        drop(queue);
        self.shared.meter.abandoned.fetch_add(left.len() as u64, Relaxed);
        if let Some((core, stage)) = &self.shared.producer {
            core.output_gone(*stage);
        }
        drop(left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(capacity: usize, lossy: Lossy) -> (LossySender<u64>, LossyReceiver<u64>, Arc<EdgeMeter>) {
        let meter = Arc::new(EdgeMeter::default());
        let (sender, receiver) = lossy_edge(capacity, lossy, meter.clone(), None);
        (sender, receiver, meter)
    }

    fn poll(receiver: &mut LossyReceiver<u64>) -> Poll<bool> {
        receiver.poll_more(&mut Context::from_waker(Waker::noop()))
    }

    /// Sent, received, abandoned, dropped.
    fn counts(meter: &EdgeMeter) -> [u64; 4] {
        [&meter.sent, &meter.received, &meter.abandoned, &meter.dropped].map(|count| count.load(Relaxed))
    }

    #[test]
    fn an_edge_ends_with_the_last_of_its_owners() {
        let (mut sender, mut receiver, _) = edge(2, Lossy::DropNewest);
        let mut other = sender.share();
        sender.push(1);
        sender.end();
        sender.end();
        assert_eq!(poll(&mut receiver), Poll::Ready(true));
        assert_eq!(receiver.pop(), Some(1));
        assert_eq!(poll(&mut receiver), Poll::Pending);
        other.push(2);
        other.end();
        drop((sender, other));
        assert_eq!((poll(&mut receiver), receiver.pop()), (Poll::Ready(true), Some(2)));
        assert_eq!(poll(&mut receiver), Poll::Ready(false));
    }

    /// Its producer has failed: what it had sent is there, an end is not.
    #[test]
    fn an_edge_that_was_cut_has_not_ended() {
        let (mut sender, mut receiver, _) = edge(2, Lossy::DropNewest);
        sender.push(1);
        drop(sender);
        assert_eq!((poll(&mut receiver), receiver.pop()), (Poll::Ready(true), Some(1)));
        assert_eq!(poll(&mut receiver), Poll::Pending);
    }

    #[test]
    fn a_rendezvous_keeps_one_item_for_a_consumer_that_waits() {
        for (lossy, kept) in [(Lossy::DropOldest, 4), (Lossy::DropNewest, 2)] {
            let (mut sender, mut receiver, meter) = edge(0, lossy);
            sender.push(1);
            assert_eq!((receiver.is_ready(), poll(&mut receiver)), (false, Poll::Pending));
            for n in 2..=4 {
                sender.push(n);
                assert!(receiver.is_ready());
            }
            assert_eq!((receiver.pop(), receiver.pop()), (Some(kept), None));
            assert_eq!(counts(&meter), [4, 1, 3, 3]);
        }
    }

    #[test]
    fn what_its_consumer_leaves_is_abandoned_and_what_comes_then_was_never_sent() {
        let (mut sender, receiver, meter) = edge(2, Lossy::DropOldest);
        (0..5).for_each(|n| sender.push(n));
        drop(receiver);
        sender.push(5);
        assert_eq!(counts(&meter), [5, 0, 5, 3]);
    }
}
