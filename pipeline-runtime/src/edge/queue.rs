//! What an edge's chunks lie in between its ends. Chunks are few, and so a lock does; a channel that has none would have its
//! memory for dozens of them from the start, and be the most of what a small pipeline takes.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// A queue without a bound.
pub(super) fn queue<C>() -> (QueueSender<C>, QueueReceiver<C>) {
    let queue = Queue { chunks: VecDeque::new(), senders: 1, is_closed: false, receiver: None };
    let shared = Arc::new(Mutex::new(queue));
    (QueueSender(shared.clone()), QueueReceiver(shared))
}

struct Queue<C> {
    chunks: VecDeque<C>,
    /// Those that have not been dropped.
    senders: usize,
    /// Nothing is accepted any more.
    is_closed: bool,
    /// Who waits for a chunk.
    receiver: Option<Waker>,
}

/// One of those that send.
pub(super) struct QueueSender<C>(Arc<Mutex<Queue<C>>>);

/// The one that receives. Dropped, it has closed the queue.
pub(super) struct QueueReceiver<C>(Arc<Mutex<Queue<C>>>);

// No code but this module's runs under the lock.
fn lock<C>(queue: &Mutex<Queue<C>>) -> MutexGuard<'_, Queue<C>> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<C> QueueSender<C> {
    /// Adds a chunk; it comes back if the queue has been closed.
    pub(super) fn send(&self, chunk: C) -> Result<(), C> {
        let mut queue = lock(&self.0);
        if queue.is_closed {
            return Err(chunk);
        }
        queue.chunks.push_back(chunk);
        let receiver = queue.receiver.take();
        drop(queue);
        if let Some(receiver) = receiver {
            receiver.wake();
        }
        Ok(())
    }
}

impl<C> Clone for QueueSender<C> {
    fn clone(&self) -> Self {
        lock(&self.0).senders += 1;
        Self(self.0.clone())
    }
}

impl<C> Drop for QueueSender<C> {
    fn drop(&mut self) {
        let mut queue = lock(&self.0);
        queue.senders -= 1;
        let receiver = if queue.senders == 0 { queue.receiver.take() } else { None };
        drop(queue);
        if let Some(receiver) = receiver {
            receiver.wake();
        }
    }
}

impl<C> QueueReceiver<C> {
    /// The next chunk; `None` when there are none and none can come.
    pub(super) fn poll_recv(&mut self, cx: &mut Context<'_>) -> Poll<Option<C>> {
        let mut queue = lock(&self.0);
        if let Some(chunk) = queue.chunks.pop_front() {
            return Poll::Ready(Some(chunk));
        }
        if queue.is_closed || queue.senders == 0 {
            return Poll::Ready(None);
        }
        if queue.receiver.as_ref().is_none_or(|known| !known.will_wake(cx.waker())) {
            queue.receiver = Some(cx.waker().clone());
        }
        Poll::Pending
    }

    /// Accepts nothing further; what is there can still be taken.
    pub(super) fn close(&mut self) {
        lock(&self.0).is_closed = true;
    }
}

impl<C> Drop for QueueReceiver<C> {
    fn drop(&mut self) {
        let mut queue = lock(&self.0);
        queue.is_closed = true;
        let left = std::mem::take(&mut queue.chunks);
        drop(queue);
        // The drop of an item is code of the user's.
        drop(left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::woken::Woken;

    /// A receiver that waits is woken by a chunk, and by the end of the last sender.
    #[test]
    fn who_waits_is_woken() {
        let ((tx, mut rx), woken) = (queue(), Arc::new(Woken::default()));
        let waker = woken.waker();
        let mut poll = || rx.poll_recv(&mut Context::from_waker(&waker));
        assert_eq!(poll(), Poll::Pending);
        let other = tx.clone();
        assert_eq!((tx.send(1), other.send(2)), (Ok(()), Ok(())));
        assert_eq!(woken.times(), 1);
        assert_eq!((poll(), poll(), poll()), (Poll::Ready(Some(1)), Poll::Ready(Some(2)), Poll::Pending));
        drop(tx);
        assert_eq!((woken.times(), poll()), (1, Poll::Pending));
        assert_eq!(other.send(3), Ok(()));
        drop(other);
        assert_eq!((poll(), poll()), (Poll::Ready(Some(3)), Poll::Ready(None)));
    }

    /// What was accepted before the close can be taken, or is dropped with the receiver; what comes later comes back.
    #[test]
    fn closed() {
        let (tx, mut rx) = queue();
        let item = Arc::new(());
        assert!(tx.send(item.clone()).is_ok());
        rx.close();
        assert_eq!(tx.send(item.clone()), Err(item.clone()));
        drop(rx);
        assert_eq!(Arc::strong_count(&item), 1);
        assert!(tx.send(item).is_err());
    }

    /// Between threads nothing is lost, and nobody sleeps on.
    #[test]
    fn between_threads() {
        let (tx, mut rx) = queue();
        let senders =
            [tx.clone(), tx].map(|tx| std::thread::spawn(move || (0..10_000u64).try_for_each(|n| tx.send(n))));
        let mut sum = 0;
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            while let Some(n) = std::future::poll_fn(|cx| rx.poll_recv(cx)).await {
                sum += n;
            }
        });
        assert_eq!(sum, 2 * (0..10_000).sum::<u64>());
        assert!(senders.into_iter().all(|sender| sender.join().unwrap().is_ok()));
    }
}
