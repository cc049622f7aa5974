//! `process`: a stage whose whole loop is the user's.

use std::future::poll_fn;
use std::sync::atomic::Ordering::*;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};

use super::{Inlet, Pace, Task};
use crate::channel::TryNext;
use crate::core::{Core, EdgeMeter};
use crate::edge::{Closer, Sender};

/// The input of a `process` body: a traversal of the stage's items. It ends with the body, wherever it was taken.
pub struct Input<T, E = crate::BoxError> {
    traversal: Arc<Mutex<Traversal<T, E>>>,
}

struct Traversal<T, E> {
    /// `None` once the body has ended.
    open: Option<(Box<dyn Inlet<Item = T>>, Task<E>)>,
    /// Who waits, should the input be taken away.
    waiting: Option<Waker>,
}

impl<T, E> Traversal<T, E> {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let Some((_, task)) = &mut self.open else { return Poll::Ready(None) };
        if !task.may_go_on() {
            ready!(task.poll_look_around(cx));
        }
        self.poll_now(cx)
    }

    /// Without giving way.
    fn poll_now(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let Some((input, task)) = &mut self.open else { return Poll::Ready(None) };
        let poll = poll_item(input, task, cx);
        if poll.is_pending() {
            task.publish();
            self.waiting.clone_from(&Some(cx.waker().clone()));
        }
        poll
    }
}

fn poll_item<T, E>(input: &mut Box<dyn Inlet<Item = T>>, task: &mut Task<E>, cx: &mut Context<'_>) -> Poll<Option<T>> {
    if !ready!(input.poll_more(cx)) {
        return Poll::Ready(None);
    }
    let item = input.pop();
    if item.is_some() {
        // The body may wait for anything next, so the item's credit goes back now. What it does with the item is not to
        // be seen: taken is done.
        input.before_park();
        task.begin();
        task.settle();
    }
    Poll::Ready(item)
}

impl<T, E> Input<T, E> {
    fn traversal(&self) -> MutexGuard<'_, Traversal<T, E>> {
        self.traversal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next item, or `None` at the end of the input.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, it has taken nothing.
    pub async fn next(&mut self) -> Option<T> {
        poll_fn(|cx| self.traversal().poll_next(cx)).await
    }

    /// The next item if one is there now, without waiting.
    pub fn try_next(&mut self) -> TryNext<T> {
        TryNext::poll(|cx| self.traversal().poll_now(cx))
    }

    /// All items that are there now, without waiting.
    pub fn drain_ready(&mut self) -> impl Iterator<Item = T> {
        std::iter::from_fn(|| self.try_next().item())
    }
}

/// Takes the input away when the body has ended, also from a task that the body gave it to.
pub struct InputGuard<T, E>(Arc<Mutex<Traversal<T, E>>>);

impl<T, E> Drop for InputGuard<T, E> {
    fn drop(&mut self) {
        let mut traversal = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (open, waiting) = (traversal.open.take(), traversal.waiting.take());
        drop(traversal);
        drop(open);
        if let Some(waiting) = waiting {
            waiting.wake();
        }
    }
}

/// The output of a `process` body. It ends with the body, wherever it was taken.
pub struct Output<T> {
    sender: Sender<T>,
    core: Arc<Core>,
    stage: usize,
    pace: Pace,
}

impl<T: Send> Output<T> {
    /// Sends an item; returns when it is accepted. With no receiver left it does not return, and the body is dropped.
    ///
    /// # Cancel safety
    ///
    /// Dropped before the item is accepted, the item is dropped too, and counted as abandoned by the edge.
    pub async fn send(&mut self, item: T) {
        if !self.sender.has_room() || !self.pace.may_go_on() {
            let offer = Offer { meter: self.sender.shared().meter.clone(), accepted: false };
            self.pace.look_around(|| ()).await;
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
) -> (Input<T, E>, Output<U>, ProcessGuard<T, U, E>) {
    let closer = sender.closer();
    let (core, stage) = (task.run().core.clone(), task.stage());
    let pace = Pace::new(core.stage(stage).left.clone());
    let output = Output { sender: sender.eager(), core, stage, pace };
    let traversal = Arc::new(Mutex::new(Traversal { open: Some((input, task)), waiting: None }));
    let guard = ProcessGuard { _input: InputGuard(traversal.clone()), closer };
    (Input { traversal }, output, guard)
}

/// What the stage keeps of the two ends: neither outlives the body.
pub struct ProcessGuard<T, U, E> {
    _input: InputGuard<T, E>,
    closer: Closer<U>,
}

impl<T, U, E> ProcessGuard<T, U, E> {
    /// The body has come to its end: so has the output.
    pub fn end(self) {
        self.closer.end();
    }
}
