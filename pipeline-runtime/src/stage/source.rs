//! Sources: what the expression of a `source` may be, and how its items get into the pipeline.

use std::collections::VecDeque;
use std::future::{Ready, poll_fn};
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::{Arc, mpsc as std_mpsc};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use futures_util::{Stream, StreamExt};
use tokio::io::{AsyncBufRead, Lines};
use tokio::sync::mpsc;

use super::pace::give_way;
use super::{Park, Task, Way, park};
use crate::ledger::Run;

/// A wait that blocks its thread is interrupted this often, to see whether the source is to stop.
const LOOK_UP: Duration = Duration::from_millis(10);

/// A receiver that cannot be closed before it is empty is emptied for so long; then its sender will never be done.
const EMPTYING: Duration = Duration::from_millis(100);

/// Where a source puts its items. It goes through many hands, and so is but a pointer.
pub struct Out<T, E>(Box<Ways<T, E>>);

/// What is behind it.
struct Ways<T, E> {
    way: Way<T>,
    task: Task<E>,
    /// The source itself sees to a graceful stop; before, its expression is dropped by one.
    driving: Arc<AtomicBool>,
    /// What gives the items may block the thread.
    blocking: bool,
}

impl<T: Send, E: Send + Sync> Out<T, E> {
    /// The output of a source.
    pub(crate) fn new(way: Way<T>, task: Task<E>) -> Self {
        Self::driven(way, task, Arc::default())
    }

    /// As [`new`](Self::new), where others have been told of `driving`.
    pub(super) fn driven(way: Way<T>, task: Task<E>, driving: Arc<AtomicBool>) -> Self {
        Self(Box::new(Ways { way, task, driving, blocking: false }))
    }

    /// The output of a source that may block: nothing is kept back while it does.
    pub fn blocking(mut self) -> Self {
        self.0.way = self.0.way.eager();
        self.0.blocking = true;
        self
    }

    /// Tells whether a graceful stop is the driver's business.
    pub(crate) fn driving(&self) -> Arc<AtomicBool> {
        self.0.driving.clone()
    }

    /// A graceful stop is seen to here from now on.
    pub(crate) fn drive(&self) {
        self.0.driving.store(true, Release);
    }

    pub(crate) fn run(&self) -> &Arc<Run<E>> {
        self.0.task.run()
    }

    /// Waits for something else, having let go of what was pushed.
    pub(crate) async fn wait<F: Future>(&mut self, wait: F) -> F::Output {
        park(wait, &mut (&mut self.0.task, &mut self.0.way)).await
    }

    /// Waits for room; false when a graceful stop came first.
    pub(crate) async fn room(&mut self) -> bool {
        if !self.0.task.may_go_on() {
            self.0.task.look_around(&mut self.0.way).await;
        }
        if self.0.task.run().core.is_draining() {
            return false;
        }
        if self.0.way.has_room() {
            return true;
        }
        let Ways { way, task, .. } = &mut *self.0;
        task.publish();
        let run = task.run();
        tokio::select! {
            biased;
            () = way.room() => true,
            () = run.core.drain().wait() => false,
        }
    }

    /// Sends an item, for which there is room.
    pub(crate) fn push(&mut self, item: T) {
        self.0.way.push(&mut self.0.task, item);
    }

    /// Waits for an item, for which there is room, and sends it and all others that are there, for as long as there is
    /// room and time. `poll_next` is told whether a graceful stop has been asked for. `false`: there is nothing more.
    async fn take<S>(&mut self, mut poll_next: S) -> bool
    where
        S: FnMut(bool, &mut Context<'_>) -> Poll<Option<T>>,
    {
        let Ways { way, task, .. } = &mut *self.0;
        let run = task.run().clone();
        let drain = run.core.drain();
        let mut drained = pin!(drain.wait());
        poll_fn(|cx| {
            loop {
                let is_draining = drain.is_given();
                match poll_next(is_draining, cx) {
                    Poll::Ready(Some(item)) => way.push(task, item),
                    Poll::Ready(None) => return Poll::Ready(false),
                    Poll::Pending if !is_draining && drained.as_mut().poll(cx).is_ready() => continue,
                    Poll::Pending => {
                        (&mut *task, &mut *way).before_park();
                        return Poll::Pending;
                    }
                }
                if !way.has_room() || !task.may_go_on() {
                    return Poll::Ready(true);
                }
            }
        })
        .await
    }

    /// The rest goes out. The edge is ended by the watch, when nothing of the user's is left.
    pub(crate) fn finish(mut self) {
        self.0.task.publish();
        self.0.way.publish();
    }

    /// One more item goes out, the last, though a graceful stop come meanwhile.
    pub(super) async fn finish_with(mut self, item: T) {
        self.drive();
        self.0.task.publish();
        self.0.way.room().await;
        self.push(item);
        self.finish();
    }

    pub(super) async fn drive_iterator(mut self, mut items: impl Iterator<Item = T>) {
        self.drive();
        while self.room().await {
            if self.0.blocking {
                self.0.task.publish();
            }
            // Moved in and out, so that what a loop over them changes is in registers.
            match self.0.way.give(&mut self.0.task, items) {
                Some(rest) => items = rest,
                None => break,
            }
        }
        self.finish();
    }

    pub(super) async fn drive_polled(mut self, mut poll_next: impl FnMut(&mut Context<'_>) -> Poll<Option<T>>) {
        self.drive();
        let mut poll = |is_draining: bool, cx: &mut Context<'_>| match is_draining {
            true => Poll::Ready(None),
            false => poll_next(cx),
        };
        while self.room().await && self.take(&mut poll).await {}
        self.finish();
    }

    /// A receiver is closed at once by a graceful stop, and what it holds is delivered.
    pub(super) async fn drive_receiver(mut self, mut receiver: impl Receive<T>) {
        self.drive();
        let mut closed = false;
        loop {
            self.drain_aware_room(&mut receiver, &mut closed).await;
            let go_on = self.take(|is_draining, cx| {
                if is_draining && !std::mem::replace(&mut closed, true) {
                    receiver.close();
                }
                receiver.poll(cx)
            });
            if !go_on.await {
                break;
            }
        }
        self.finish();
    }

    /// A receiver that blocks is waited for in slices of time. On a graceful stop what it holds is taken out at once and
    /// delivered, and it is closed. `passed` makes the item, or ends the source.
    pub(super) async fn drive_blocking_receiver<R>(
        mut self,
        receiver: std_mpsc::Receiver<R>,
        mut passed: impl FnMut(R) -> Option<T>,
    ) {
        self.drive();
        while self.room().await {
            self.0.task.publish();
            match receiver.recv_timeout(LOOK_UP) {
                Ok(item) => match passed(item) {
                    Some(item) => self.push(item),
                    None => return self.finish(),
                },
                Err(std_mpsc::RecvTimeoutError::Timeout) => give_way().await,
                Err(std_mpsc::RecvTimeoutError::Disconnected) => return self.finish(),
            }
        }
        let mut held = VecDeque::new();
        let since = Instant::now();
        while since.elapsed() < EMPTYING
            && let Ok(item) = receiver.try_recv()
            && let Some(item) = passed(item)
        {
            held.push_back(item);
            if !self.0.task.may_go_on() {
                self.0.task.look_around(&mut self.0.way).await;
            }
        }
        drop(receiver);
        for item in held {
            if !self.0.task.may_go_on() {
                self.0.task.look_around(&mut self.0.way).await;
            }
            self.0.task.publish();
            self.0.way.room().await;
            self.push(item);
        }
        self.finish();
    }

    /// Waits for room, and closes the receiver as soon as a graceful stop comes.
    async fn drain_aware_room(&mut self, receiver: &mut impl Receive<T>, closed: &mut bool) {
        if !self.0.task.may_go_on() {
            self.0.task.look_around(&mut self.0.way).await;
        }
        if self.0.way.has_room() {
            return;
        }
        self.0.task.publish();
        let Ways { way, task, .. } = &mut *self.0;
        let drain = task.run().core.drain();
        let mut room = pin!(way.room());
        if !*closed {
            tokio::select! {
                biased;
                () = &mut room => return,
                () = drain.wait() => {
                    *closed = true;
                    receiver.close();
                }
            }
        }
        room.await;
    }
}

/// What the receivers of channels have in common.
pub(super) trait Receive<T>: Send {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>>;
    fn close(&mut self);
}

impl<T: Send> Receive<T> for mpsc::Receiver<T> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.poll_recv(cx)
    }

    fn close(&mut self) {
        mpsc::Receiver::close(self);
    }
}

impl<T: Send> Receive<T> for mpsc::UnboundedReceiver<T> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.poll_recv(cx)
    }

    fn close(&mut self) {
        mpsc::UnboundedReceiver::close(self);
    }
}

impl<T: Send> Receive<T> for crate::channel::Receiver<T> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.poll_next_item(cx)
    }

    fn close(&mut self) {
        crate::channel::Receiver::close(self);
    }
}

/// Finds out what a source's expression gives, by autoref dispatch: `(&&&&&SourceProbe::new(&s)).kind_of_source()` picks the
/// first kind in the order receiver, tokio `Lines`, `Stream`, iterable with `Send` items, iterable. `Option` and `Result` are none of them.
pub struct SourceProbe<S, B>(PhantomData<fn() -> (S, B)>);

/// The source is not to block its thread.
pub struct Waits;

/// The source may block its thread.
pub struct Blocks;

impl<S> SourceProbe<S, Waits> {
    /// Of what kind is this?
    pub fn new(_: &S) -> Self {
        Self(PhantomData)
    }
}

impl<S> SourceProbe<S, Blocks> {
    /// Of what kind is this, under `#[blocking]`?
    pub fn blocking(_: &S) -> Self {
        Self(PhantomData)
    }
}

/// How the items of a source are got at.
pub mod kinds {
    /// A tokio or own receiver.
    pub struct Receiver;
    /// A receiver of the standard library, on a blocking thread.
    pub struct BlockingReceiver;
    /// Such a one, elsewhere.
    pub struct Blocking;
    /// Tokio's lines.
    pub struct Lines;
    /// A `Stream`.
    pub struct Stream;
    /// Anything iterable.
    pub struct Iterable;
    /// Such a thing with items that cannot leave their thread.
    pub struct Confined;
    /// Nothing that gives items.
    pub struct NoSource;
}

/// Picks the kind; see [`SourceProbe`].
pub trait SourceKind {
    /// The kind.
    type Kind;
    /// The kind.
    fn kind_of_source(&self) -> Self::Kind;
}

/// What gives no items at all, or never the ones meant: `Option` and `Result` iterate, and it is always a forgotten `?`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no source",
    label = "neither iterable, nor a `Stream`, a receiver or tokio `Lines`",
    note = "an `Option` or `Result` needs a `?` in front of its items; a generator is a closure written in place"
)]
pub trait Source {}

/// What does not block its thread.
#[diagnostic::on_unimplemented(
    message = "`{Self}` blocks its thread",
    label = "a source that blocks needs `#[blocking]`",
    note = "write `#[blocking]` in front of the `source`, or use a channel of tokio's"
)]
pub trait NonBlocking {}

macro_rules! kinds {
    ($($probe:ty => $kind:ident where [$($generics:tt)*];)+) => {
        $(impl<$($generics)*> SourceKind for $probe {
            type Kind = kinds::$kind;
            fn kind_of_source(&self) -> kinds::$kind {
                kinds::$kind
            }
        })+
    };
}

kinds! {
    &&&&SourceProbe<Option<T>, B> => NoSource where [T, B];
    &&&&SourceProbe<Result<T, X>, B> => NoSource where [T, X, B];
    &&&&SourceProbe<mpsc::Receiver<T>, B> => Receiver where [T, B];
    &&&&SourceProbe<mpsc::UnboundedReceiver<T>, B> => Receiver where [T, B];
    &&&&SourceProbe<crate::channel::Receiver<T>, B> => Receiver where [T, B];
    &&&&SourceProbe<std_mpsc::Receiver<T>, Blocks> => BlockingReceiver where [T];
    &&&&SourceProbe<std_mpsc::Receiver<T>, Waits> => Blocking where [T];
    &&&&SourceProbe<&'a std_mpsc::Receiver<T>, Waits> => Blocking where ['a, T];
    &&&&SourceProbe<std_mpsc::IntoIter<T>, Waits> => Blocking where [T];
    &&&&SourceProbe<std_mpsc::Iter<'a, T>, Waits> => Blocking where ['a, T];
    &&&&SourceProbe<Lines<R>, B> => Lines where [R, B];
    &&&SourceProbe<S, B> => Stream where [S: Stream, B];
    &&SourceProbe<S, B> => Iterable where [S: IntoIterator<Item: Send>, B];
    &SourceProbe<S, B> => Confined where [S: IntoIterator, B];
    SourceProbe<S, B> => NoSource where [S, B];
}

/// The run of a source. Boxed, so that of what the source borrows only a lifetime is left in the task's type: rustc
/// cannot see that a closure over references is general enough once it is part of a future.
pub(super) type Drive<'a, E> = BoxFuture<'a, Result<(), E>>;

impl kinds::Iterable {
    /// Sends all that is iterated over.
    pub fn drive<'a, S, E>(self, source: S, out: Out<S::Item, E>) -> Drive<'a, E>
    where
        S: IntoIterator<Item: Send + 'a, IntoIter: Send + 'a>,
        E: Send + Sync + 'a,
    {
        let items = source.into_iter();
        Box::pin(async move {
            out.drive_iterator(items).await;
            Ok(())
        })
    }
}

impl kinds::Confined {
    /// Sends nothing: what is asked of the items says why.
    pub fn drive<'a, S: IntoIterator, E: Send + 'a>(self, _: S, _: Out<S::Item, E>) -> Drive<'a, E> {
        Box::pin(std::future::pending())
    }
}

impl kinds::Stream {
    /// Sends all that the stream yields.
    pub fn drive<'a, S, E>(self, source: S, out: Out<S::Item, E>) -> Drive<'a, E>
    where
        S: Stream<Item: Send + 'a> + Send + 'a,
        E: Send + Sync + 'a,
    {
        Box::pin(async move {
            let mut source = pin!(source);
            out.drive_polled(move |cx| source.poll_next_unpin(cx)).await;
            Ok(())
        })
    }
}

impl kinds::Lines {
    /// Sends all lines; an error is the last item.
    pub fn drive<'a, R, E>(self, source: Lines<R>, out: Out<std::io::Result<String>, E>) -> Drive<'a, E>
    where
        R: AsyncBufRead + Send + 'a,
        E: Send + Sync + 'a,
    {
        Box::pin(async move {
            let mut source = pin!(source);
            let mut failed = false;
            out.drive_polled(move |cx| {
                if failed {
                    return Poll::Ready(None);
                }
                let line = std::task::ready!(poll_line(source.as_mut(), cx));
                failed = line.as_ref().is_some_and(Result::is_err);
                Poll::Ready(line)
            })
            .await;
            Ok(())
        })
    }
}

/// The next line, as a stream would give it.
pub(super) fn poll_line<R: AsyncBufRead>(
    lines: Pin<&mut Lines<R>>,
    cx: &mut Context<'_>,
) -> Poll<Option<std::io::Result<String>>> {
    lines.poll_next_line(cx).map(Result::transpose)
}

/// The item type of a receiver.
#[expect(private_bounds, reason = "only the receivers named here")]
pub trait Received: Receive<Self::Item> {
    /// What is received.
    type Item: Send;
}

impl<T: Send> Received for mpsc::Receiver<T> {
    type Item = T;
}

impl<T: Send> Received for mpsc::UnboundedReceiver<T> {
    type Item = T;
}

impl<T: Send> Received for crate::channel::Receiver<T> {
    type Item = T;
}

impl kinds::Receiver {
    /// Sends all that is received.
    pub fn drive<'a, S, E>(self, source: S, out: Out<S::Item, E>) -> Drive<'a, E>
    where
        S: Received<Item: 'a> + 'a,
        E: Send + Sync + 'a,
    {
        Box::pin(async move {
            out.drive_receiver(source).await;
            Ok(())
        })
    }
}

impl kinds::BlockingReceiver {
    /// Sends all that is received.
    pub fn drive<'a, T, E>(self, source: std_mpsc::Receiver<T>, out: Out<T, E>) -> Drive<'a, E>
    where
        T: Send + 'a,
        E: Send + Sync + 'a,
    {
        Box::pin(async move {
            out.drive_blocking_receiver(source, Some).await;
            Ok(())
        })
    }
}

impl kinds::Blocking {
    /// Refused by the compiler.
    pub fn drive<S: NonBlocking + IntoIterator, E>(self, _: S, _: Out<S::Item, E>) -> Ready<Result<(), E>> {
        std::future::ready(Ok(()))
    }
}

impl kinds::NoSource {
    /// Refused by the compiler.
    pub fn drive<S: Source, T, E>(self, _: S, _: Out<T, E>) -> Ready<Result<(), E>> {
        std::future::ready(Ok(()))
    }
}
