//! `process`: a stage whose whole loop is the user's.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};

use super::output::{Outgoing, Output, OutputGuard};
use super::{Inlet, Pace, Supply, Task};
use crate::channel::TryNext;
use crate::edge::Sender;

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
            if self.waiting.as_ref().is_none_or(|waiting| !waiting.will_wake(cx.waker())) {
                self.waiting = Some(cx.waker().clone());
            }
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

/// The two ends that a `process` body is given, and what the stage keeps of them.
pub fn process_ends<T, U, E>(
    task: Task<E>,
    input: Box<dyn Inlet<Item = T>>,
    sender: Sender<U>,
) -> (Input<T, E>, Output<U>, Process<T, U, E>) {
    let (core, stage) = (task.run().core.clone(), task.stage());
    let pace = Pace::new(core.clone(), stage);
    let outgoing = Outgoing::new(core, stage, sender, pace);
    let traversal = Arc::new(Mutex::new(Traversal { open: Some((input, task)), waiting: None }));
    let process = Process { _input: InputGuard(traversal.clone()), output: OutputGuard(outgoing.clone()) };
    (Input { traversal }, Output(outgoing), process)
}

/// What the stage keeps of the two ends: neither outlives the body.
pub struct Process<T, U, E> {
    _input: InputGuard<T, E>,
    output: OutputGuard<U>,
}

impl<T, U, E> Process<T, U, E> {
    /// Runs the body. When it has come to its end, so has the output.
    pub async fn run(self, body: impl Future<Output = Result<(), E>>) -> Result<(), E> {
        let outgoing = self.output.0.clone();
        let result = {
            let mut body = pin!(body);
            poll_fn(|cx| outgoing.poll_body(body.as_mut(), cx)).await
        };
        if result.is_ok() {
            self.output.end();
        }
        result
    }
}
