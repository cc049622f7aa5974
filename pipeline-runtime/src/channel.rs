//! A standalone channel: the same edge as between stages, for use beside or in front of a pipeline.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::task::noop_waker_ref;

use crate::edge;
use crate::stage::{Inlet, Supply};

/// A channel that holds `capacity` items, with one sender and one receiver. With capacity 0 a send meets a receive.
///
/// A [`Receiver`] may be a pipeline's source: on `shutdown()` it is closed at once, and what it holds is delivered.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// use pipeline_runtime::channel;
///
/// let (mut tx, mut rx) = channel(2);
/// tx.send(1).await.unwrap();
/// tx.send(2).await.unwrap();
/// assert_eq!(rx.drain_ready().collect::<Vec<_>>(), [1, 2]);
/// drop(tx);
/// assert_eq!(rx.next().await, None);
/// # });
/// ```
pub fn channel<T: Send>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let (tx, rx) = edge::edge(capacity, Arc::default(), None);
    (Sender(tx), Receiver(rx))
}

/// The sending end of a [`channel`]. Dropping it closes the channel.
pub struct Sender<T>(edge::Sender<T>);

/// The receiver has gone; the item comes back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SendError<T>(pub T);

impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SendError(..)")
    }
}

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the channel is closed")
    }
}

impl<T> std::error::Error for SendError<T> {}

impl<T: Send> Sender<T> {
    /// Sends an item; waits while the channel is full.
    ///
    /// # Errors
    ///
    /// When the receiver has been closed or dropped.
    ///
    /// # Cancel safety
    ///
    /// Dropped before the item is accepted, the item is dropped too.
    pub async fn send(&mut self, item: T) -> Result<(), SendError<T>> {
        if !self.0.has_room() && !self.0.wait_for_room().await {
            return Err(SendError(item));
        }
        self.0.send_now(item).map_err(SendError)
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// The receiving end of a [`channel`]: a [`Stream`], with a traversal that does not wait.
pub struct Receiver<T>(edge::Receiver<T>);

/// What there is now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TryNext<T> {
    /// An item.
    Item(T),
    /// Nothing yet; more may come.
    Empty,
    /// Nothing any more.
    Closed,
}

impl<T> TryNext<T> {
    /// Polls once. It is a wait that is not kept up: the producer hears of it and hands over what it has.
    pub(crate) fn poll(poll_next: impl FnOnce(&mut Context<'_>) -> Poll<Option<T>>) -> Self {
        match poll_next(&mut Context::from_waker(noop_waker_ref())) {
            Poll::Ready(Some(item)) => Self::Item(item),
            Poll::Ready(None) => Self::Closed,
            Poll::Pending => Self::Empty,
        }
    }

    /// The item, if there is one.
    pub fn item(self) -> Option<T> {
        match self {
            Self::Item(item) => Some(item),
            Self::Empty | Self::Closed => None,
        }
    }
}

impl<T: Send> Receiver<T> {
    /// The next item; `None` when the sender has gone and all has been received.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, it has taken nothing.
    pub async fn next(&mut self) -> Option<T> {
        poll_fn(|cx| self.poll_next_item(cx)).await
    }

    /// The next item if there is one now, without waiting.
    pub fn try_next(&mut self) -> TryNext<T> {
        TryNext::poll(|cx| self.poll_next_item(cx))
    }

    /// All items that are there now, without waiting.
    pub fn drain_ready(&mut self) -> impl Iterator<Item = T> {
        std::iter::from_fn(|| self.try_next().item())
    }

    /// Accepts nothing further; what is there can still be received.
    pub fn close(&mut self) {
        self.0.close();
    }

    pub(crate) fn poll_next_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        if !std::task::ready!(self.0.poll_more(cx)) {
            return Poll::Ready(None);
        }
        let item = self.0.pop();
        // The receiver may not come back for long: the credit goes back now.
        crate::stage::Park::before_park(&mut self.0);
        Poll::Ready(item)
    }
}

/// Items are moved, never pinned.
impl<T> Unpin for Receiver<T> {}

impl<T: Send> Stream for Receiver<T> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.get_mut().poll_next_item(cx)
    }
}
