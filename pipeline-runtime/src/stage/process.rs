//! `process`: a stage whose whole loop is the user's.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::Ordering::*;
use std::task::{Context, Poll};

use futures_util::task::noop_waker_ref;

use super::{Inlet, Task};
use crate::channel::TryNext;
use crate::core::{Core, EdgeMeter};
use crate::edge::{Closer, Sender};

/// The input of a `process` body: a traversal of the stage's items.
pub struct Input<T, E> {
    input: Box<dyn Inlet<Item = T>>,
    task: Task<E>,
}

impl<T, E> Input<T, E> {
    fn take(&mut self) -> Option<T> {
        let item = self.input.pop()?;
        // The body may wait for anything next, so the item's credit goes back now.
        self.input.before_park();
        self.task.begin();
        // What the body does with it is not to be seen: taken is done.
        self.task.settle();
        Some(item)
    }

    /// The next item, or `None` at the end of the input.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, it has taken nothing.
    pub async fn next(&mut self) -> Option<T> {
        if self.task.may_go_on()
            && let Some(item) = self.take()
        {
            return Some(item);
        }
        loop {
            self.task.look_around(&mut ()).await;
            let Self { input, task } = self;
            let more = poll_fn(|cx| {
                let poll = input.poll_more(cx);
                if poll.is_pending() {
                    task.publish();
                }
                poll
            });
            if !more.await {
                return None;
            }
            if let Some(item) = self.take() {
                return Some(item);
            }
        }
    }

    /// The next item if one is there now, without waiting.
    pub fn try_next(&mut self) -> TryNext<T> {
        if let Some(item) = self.take() {
            return TryNext::Item(item);
        }
        // A wait that is not kept up: the producer hears of it and hands over what it has.
        match self.input.poll_more(&mut Context::from_waker(noop_waker_ref())) {
            Poll::Ready(true) => self.take().map_or(TryNext::Empty, TryNext::Item),
            Poll::Ready(false) => TryNext::Closed,
            Poll::Pending => TryNext::Empty,
        }
    }

    /// All items that are there now, without waiting.
    pub fn drain_ready(&mut self) -> impl Iterator<Item = T> {
        std::iter::from_fn(|| match self.try_next() {
            TryNext::Item(item) => Some(item),
            TryNext::Empty | TryNext::Closed => None,
        })
    }
}

/// The output of a `process` body.
pub struct Output<T> {
    sender: Sender<T>,
    core: Arc<Core>,
    stage: usize,
}

impl<T: Send> Output<T> {
    /// Sends an item; returns when it is accepted. With no receiver left it does not return, and the body is dropped.
    ///
    /// # Cancel safety
    ///
    /// Dropped before the item is accepted, the item is dropped too, and counted as abandoned by the edge.
    pub async fn send(&mut self, item: T) {
        if !self.sender.has_room() {
            let offer = Offer { meter: self.sender.shared().meter.clone(), accepted: false };
            self.sender.room().await;
            offer.accept();
        }
        self.sender.push(item);
        self.core.stage(self.stage).emitted.fetch_add(1, Relaxed);
    }
}

/// An item whose `send` waits; dropped, it was sent and abandoned.
struct Offer {
    meter: Arc<EdgeMeter>,
    accepted: bool,
}

impl Offer {
    fn accept(mut self) {
        self.accepted = true;
    }
}

impl Drop for Offer {
    fn drop(&mut self) {
        if !self.accepted {
            self.meter.sent.fetch_add(1, Relaxed);
            self.meter.abandoned.fetch_add(1, Relaxed);
        }
    }
}

/// The two ends that a `process` body is given, and what ends the output once it has returned. What the body sends is
/// published at once: it may wait for anything next.
pub fn process_ends<T, U: Send, E>(
    task: Task<E>,
    input: Box<dyn Inlet<Item = T>>,
    sender: Sender<U>,
) -> (Input<T, E>, Output<U>, Closer<U>) {
    let closer = sender.closer();
    let output = Output { sender: sender.eager(), core: task.run().core.clone(), stage: task.stage() };
    (Input { input, task }, output, closer)
}
