//! A fragment as a stream.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use crate::edge::Receiver;
use crate::failure::Failure;
use crate::launch::{Launch, Seat};
use crate::pipeline::Pipeline;
use crate::report::Report;
use crate::running::Outcome;
use crate::stage::{Fate, Inlet, Park, Supply, Task};

/// What comes out of a fragment: see [`Flow::apply`](crate::Flow::apply). The failure, if there is one, comes last.
#[must_use = "a stream does nothing until it is polled"]
pub struct Applied<O, E = crate::BoxError> {
    state: State<E>,
    outside: Outside<O, E>,
}

enum State<E> {
    Described(Box<Pipeline<(), E>>),
    Running(BoxFuture<'static, Outcome<(), E>>),
    Ended,
}

impl<O: Send + 'static, E: Send + Sync + 'static> Applied<O, E> {
    pub(super) fn new(pipeline: Pipeline<(), E>, outside: Outside<O, E>) -> Self {
        Self { state: State::Described(Box::new(pipeline)), outside }
    }

    /// Starts the run, once.
    pub(super) fn begin(&mut self) {
        if let State::Described(_) = &self.state
            && let State::Described(pipeline) = std::mem::replace(&mut self.state, State::Ended)
        {
            self.state = State::Running(pipeline.spawn().wait().boxed());
        }
    }

    /// What comes next: an item, or how the run ended.
    pub(super) fn poll_step(&mut self, cx: &mut Context<'_>) -> Poll<Step<O, E>> {
        self.begin();
        if let Poll::Ready(Some(item)) = self.outside.poll_next(cx) {
            return Poll::Ready(Step::Item(item));
        }
        let State::Running(outcome) = &mut self.state else { return Poll::Ready(Step::Over) };
        let Outcome { result, report } = ready!(outcome.poll_unpin(cx));
        self.state = State::Ended;
        Poll::Ready(Step::End(result, report))
    }

    /// Takes nothing further, as a consumer that leaves early.
    pub(super) fn leave(&mut self) {
        self.outside.leave();
    }
}

/// What an applied fragment does next.
pub(super) enum Step<O, E> {
    Item(O),
    End(Result<(), Failure<E>>, Report),
    Over,
}

impl<O: Send + 'static, E: Send + Sync + 'static> Stream for Applied<O, E> {
    type Item = Result<O, Failure<E>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(match ready!(self.get_mut().poll_step(cx)) {
            Step::Item(item) => Some(Ok(item)),
            Step::End(result, _) => result.err().map(Err),
            Step::Over => None,
        })
    }
}

impl<O: Send + 'static, E: Send + Sync + 'static> FusedStream for Applied<O, E> {
    fn is_terminated(&self) -> bool {
        matches!(self.state, State::Ended)
    }
}

/// Items are moved, never pinned.
impl<O, E> Unpin for Applied<O, E> {}

impl<O, E> fmt::Debug for Applied<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Applied").finish_non_exhaustive()
    }
}

/// The place of the one outside who takes what comes out: empty before the start and after the end.
pub(super) struct Outside<O, E>(Arc<Mutex<Option<Consumer<O, E>>>>);

/// Takes the place of the sink's task: the run waits for it, and it accounts for what it takes.
struct Consumer<O, E> {
    output: Receiver<O>,
    task: Task<E>,
    cancelled: BoxFuture<'static, ()>,
    // last: when the run sees the place empty, all has been counted
    _seat: Seat,
}

impl<O, E> Default for Outside<O, E> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<O, E> Clone for Outside<O, E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<O, E> Outside<O, E> {
    fn leave(&self) {
        let consumer = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(consumer);
    }
}

impl<O: Send, E: Send + Sync + 'static> Outside<O, E> {
    pub(super) fn take_up(&self, launch: &Launch<E>, stage: usize, output: Receiver<O>) {
        let task = launch.task_of_run(stage);
        let core = task.run().core.clone();
        let cancelled = async move { core.cancelled().wait().await }.boxed();
        let consumer = Consumer { output, task, cancelled, _seat: launch.seat(stage) };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(consumer);
    }

    /// The next item; `None` when there will be none: the output has ended, or the run was stopped.
    fn poll_next(&self, cx: &mut Context<'_>) -> Poll<Option<O>> {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(consumer) = place.as_mut() else { return Poll::Ready(None) };
        let polled = consumer.poll_next(cx);
        if let Poll::Ready(None) = polled {
            let consumer = place.take();
            drop(place);
            drop(consumer);
        }
        polled
    }
}

impl<O: Send, E: Send + Sync> Consumer<O, E> {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<O>> {
        match self.output.poll_more(cx) {
            Poll::Ready(true) => {
                let item = self.output.pop();
                // Whoever reads may not come back for long: the credit and the counts go now.
                self.output.before_park();
                self.task.begin();
                self.task.note(Fate::Done);
                self.task.settle();
                self.task.publish();
                Poll::Ready(item)
            }
            Poll::Ready(false) => Poll::Ready(None),
            Poll::Pending => self.cancelled.poll_unpin(cx).map(|()| None),
        }
    }
}
