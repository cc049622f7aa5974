//! A source that shares a task with the stage that reads it: between the two there is no edge, only the items of a
//! stretch that were given and not taken up yet.

use std::future::poll_fn;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::vec;

use futures_util::future::BoxFuture;

use super::{Inlet, Park, Supply, Task};
use crate::core::StageMeter;
use crate::edge::Sender;

/// Items that a source gives at a stretch. A slow one gives fewer: its time slice ends before.
const STRETCH: usize = 128;

/// For so many there is memory from the start: a stretch grows, and its memory need not grow with it at every step.
const SHORT: usize = 32;

/// What has been given and not taken up. Both ends are in one task, so nobody ever waits for the lock.
struct Given<T>(Arc<Mutex<GivenItems<T>>>);

struct GivenItems<T> {
    items: Vec<T>,
    /// How many there have been in all.
    total: u64,
}

impl<T> Given<T> {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(GivenItems { items: Vec::new(), total: 0 })))
    }

    fn lock(&self) -> MutexGuard<'_, GivenItems<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Another hold of the same.
    fn share(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// The source's end, in the place of an edge's sender.
pub(crate) struct Handover<T> {
    items: Vec<T>,
    given: Given<T>,
}

impl<T> Handover<T> {
    fn new(given: Given<T>) -> Self {
        Self { items: Vec::new(), given }
    }

    fn publish(&mut self) {
        if self.items.is_empty() {
            return;
        }
        let mut given = self.given.lock();
        given.total += self.items.len() as u64;
        if given.items.is_empty() {
            std::mem::swap(&mut given.items, &mut self.items);
        } else {
            given.items.append(&mut self.items);
        }
    }

    /// The stage polls the source when it has taken up all that was given, so nobody need be woken.
    async fn room(&mut self) {
        self.publish();
        poll_fn(|_| if self.given.lock().items.is_empty() { Poll::Ready(()) } else { Poll::Pending }).await;
    }
}

impl<T> Drop for Handover<T> {
    fn drop(&mut self) {
        self.publish();
    }
}

/// Where a source's items go.
pub(crate) enum Way<T> {
    /// Over an edge. Their account is the source's business.
    Edge(Sender<T>),
    /// To the stage in the same task, where they are counted when they are taken up.
    Inline(Handover<T>),
}

impl<T: Send> Way<T> {
    #[inline]
    pub(crate) fn has_room(&self) -> bool {
        match self {
            Self::Edge(sender) => sender.has_room(),
            Self::Inline(handover) => handover.items.len() < STRETCH,
        }
    }

    /// Another one to the same place, for what takes this one's turn.
    pub(super) fn share(&mut self) -> Self {
        match self {
            Self::Edge(sender) => Self::Edge(sender.share()),
            Self::Inline(handover) => Self::Inline(Handover::new(handover.given.share())),
        }
    }

    /// How many items of the source with this account have been given, those of others that share the place included.
    pub(super) fn given(&self, meter: &StageMeter) -> u64 {
        match self {
            Self::Edge(_) => meter.emitted.load(Relaxed),
            Self::Inline(handover) => handover.given.lock().total,
        }
    }

    /// Hands over each item from now on.
    pub(crate) fn eager(self) -> Self {
        match self {
            Self::Edge(sender) => Self::Edge(sender.eager()),
            // A source that may block has a task of its own.
            inline @ Self::Inline(_) => inline,
        }
    }

    pub(crate) async fn room(&mut self) {
        match self {
            Self::Edge(sender) => sender.room().await,
            Self::Inline(handover) => handover.room().await,
        }
    }

    /// Sends an item, for which there is room.
    #[inline]
    pub(crate) fn push<E>(&mut self, task: &mut Task<E>, item: T) {
        match self {
            Self::Edge(sender) => {
                task.passed_on(1);
                sender.push(item);
            }
            Self::Inline(handover) => handover.items.push(item),
        }
    }

    /// Sends what `items` give, for the first of which there is room, until something else is to be seen to. Gives them
    /// back, unless they have ended.
    #[inline]
    pub(crate) fn give<E, I: Iterator<Item = T>>(&mut self, task: &mut Task<E>, mut items: I) -> Option<I> {
        match self {
            Self::Edge(sender) => task.give(sender, items),
            Self::Inline(handover) => {
                let room = STRETCH - handover.items.len();
                let mut given = task.given(room, false);
                handover.items.reserve(given.most().max(SHORT));
                while given.goes_on() {
                    handover.items.push(items.next()?);
                    given.items += 1;
                }
                Some(items)
            }
        }
    }

    pub(crate) fn publish(&mut self) {
        match self {
            Self::Edge(sender) => sender.publish(),
            Self::Inline(handover) => handover.publish(),
        }
    }
}

impl<T: Send> Park for Way<T> {
    fn before_park(&mut self) {
        match self {
            Self::Edge(sender) => sender.before_park(),
            Self::Inline(handover) => handover.publish(),
        }
    }
}

/// The input of the stage that reads an inline source. The source runs when the stage waits for items.
pub struct SourceInlet<T, E> {
    items: vec::IntoIter<T>,
    /// How many of them are lent out.
    lent: usize,
    given: Given<T>,
    /// `None` once it has ended.
    source: Option<BoxFuture<'static, Result<(), E>>>,
    /// What the source has ended with. Its turn is behind all that it has given.
    error: Option<E>,
    /// What the stage has made of all that comes before the error was let go of.
    before_error: bool,
    /// The source's account.
    task: Task<E>,
}

impl<T: Send, E: Send + Sync> SourceInlet<T, E> {
    /// The two ends, whose source has no body yet.
    pub(crate) fn new(task: Task<E>) -> (Way<T>, Self) {
        let given = Given::new();
        let handover = Handover::new(given.share());
        let inlet = Self {
            items: Vec::new().into_iter(),
            lent: 0,
            given,
            source: None,
            error: None,
            before_error: false,
            task,
        };
        (Way::Inline(handover), inlet)
    }

    /// Gives the source its body.
    pub(crate) fn fed_by(&mut self, source: BoxFuture<'static, Result<(), E>>) {
        self.source = Some(source);
    }

    /// Takes up what was given; tells whether that is anything.
    fn take_up(&mut self) -> bool {
        if self.items.len() == 0 {
            self.items = std::mem::take(&mut self.given.lock().items).into_iter();
        }
        self.items.len() > 0
    }

    /// Lets the source go on; `Ready` once it has ended.
    fn poll_source(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(source) = &mut self.source else { return Poll::Ready(()) };
        let at_work = AtWork(&self.task);
        let poll = source.as_mut().poll(cx);
        std::mem::forget(at_work);
        poll.map(|result| {
            self.source = None;
            self.error = result.err();
        })
    }
}

/// A panic of the source is the source's.
struct AtWork<'a, E>(&'a Task<E>);

impl<E> Drop for AtWork<'_, E> {
    fn drop(&mut self) {
        self.0.at_work();
    }
}

impl<T, E> Supply for SourceInlet<T, E> {
    type Item = T;

    #[inline]
    fn pop(&mut self) -> Option<T> {
        let item = self.items.next()?;
        self.task.passed_on(1);
        Some(item)
    }

    #[inline]
    fn lend(&mut self) -> vec::IntoIter<T> {
        self.lent = self.items.len();
        std::mem::take(&mut self.items)
    }

    #[inline]
    fn give_back(&mut self, left: vec::IntoIter<T>) {
        let taken = std::mem::take(&mut self.lent) - left.len();
        self.items = left;
        self.task.passed_on(taken as u64);
    }
}

impl<T: Send, E: Send + Sync> Inlet for SourceInlet<T, E> {
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        if self.take_up() {
            return Poll::Ready(true);
        }
        let ended = self.poll_source(cx).is_ready();
        if self.take_up() {
            return Poll::Ready(true);
        }
        if !ended {
            return Poll::Pending;
        }
        if self.error.is_none() {
            return Poll::Ready(false);
        }
        if std::mem::replace(&mut self.before_error, true) {
            self.error.take().into_iter().for_each(|error| self.task.end_run(error));
        } else {
            // The task waits now, and so lets go of what it holds.
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

impl<T: Send, E: Send + Sync> Park for SourceInlet<T, E> {
    fn before_park(&mut self) {
        self.task.publish();
    }
}

impl<T, E> Drop for SourceInlet<T, E> {
    fn drop(&mut self) {
        // What it gives up with its end is still given.
        self.source = None;
        let left = self.items.len() + self.given.lock().items.len();
        self.task.untaken(left as u64);
    }
}
