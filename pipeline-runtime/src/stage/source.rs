//! Sources: what the expression of a `source` may be, and how its items get into the pipeline.

use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::task::{Context, Poll};

use futures_util::future::BoxFuture;
use futures_util::{Stream, StreamExt};
use tokio::io::{AsyncBufRead, Lines};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{Task, Way, park};
use crate::ledger::Run;

/// Where a source puts its items.
pub struct Out<T, E> {
    way: Way<T>,
    task: Task<E>,
    drain: CancellationToken,
    /// The source itself sees to a graceful stop; before, its expression is dropped by one.
    driving: Arc<AtomicBool>,
}

impl<T: Send, E: Send + Sync> Out<T, E> {
    /// The output of a source.
    pub(crate) fn new(way: Way<T>, task: Task<E>, drain: CancellationToken) -> Self {
        Self { way, task, drain, driving: Arc::default() }
    }

    /// Tells whether a graceful stop is the driver's business.
    pub(crate) fn driving(&self) -> Arc<AtomicBool> {
        self.driving.clone()
    }

    /// A graceful stop is seen to here from now on.
    pub(crate) fn drive(&self) {
        self.driving.store(true, Release);
    }

    pub(crate) fn run(&self) -> &Arc<Run<E>> {
        self.task.run()
    }

    /// Waits for something else, having let go of what was pushed.
    pub(crate) async fn wait<F: Future>(&mut self, wait: F) -> F::Output {
        park(wait, &mut (&mut self.task, &mut self.way)).await
    }

    /// Waits for room; false when a graceful stop came first.
    pub(crate) async fn room(&mut self) -> bool {
        if !self.task.may_go_on() {
            self.task.look_around(&mut self.way).await;
        }
        if self.task.run().core.is_draining() {
            return false;
        }
        if self.way.has_room() {
            return true;
        }
        let Self { way, task, drain, .. } = self;
        task.publish();
        tokio::select! {
            biased;
            () = way.room() => true,
            () = drain.cancelled() => false,
        }
    }

    /// Sends an item, for which there is room.
    pub(crate) fn push(&mut self, item: T) {
        self.way.push(&mut self.task, item);
    }

    /// The next item of something that is polled; `None` also when a graceful stop came first.
    async fn next<S>(&mut self, mut poll_next: S) -> Option<T>
    where
        S: FnMut(&mut Context<'_>) -> Poll<Option<T>>,
    {
        let drain = self.drain.clone();
        let next = async {
            tokio::select! {
                biased;
                () = drain.cancelled() => None,
                item = poll_fn(&mut poll_next) => item,
            }
        };
        park(next, &mut (&mut self.task, &mut self.way)).await
    }

    /// The rest goes out. The edge is ended by the watch, when nothing of the user's is left.
    pub(crate) fn finish(mut self) {
        self.task.publish();
        self.way.publish();
    }

    async fn drive_iterator(mut self, mut items: impl Iterator<Item = T>) {
        self.drive();
        while self.room().await {
            match items.next() {
                Some(item) => self.push(item),
                None => break,
            }
        }
        self.finish();
    }

    async fn drive_polled(mut self, mut poll_next: impl FnMut(&mut Context<'_>) -> Poll<Option<T>>) {
        self.drive();
        while self.room().await {
            match self.next(&mut poll_next).await {
                Some(item) => self.push(item),
                None => break,
            }
        }
        self.finish();
    }

    /// A receiver is closed at once by a graceful stop, and what it holds is delivered.
    async fn drive_receiver(mut self, mut receiver: impl Receive<T>) {
        self.drive();
        let drain = self.drain.clone();
        let mut closed = false;
        loop {
            self.drain_aware_room(&mut receiver, &mut closed).await;
            let next = async {
                if !closed {
                    tokio::select! {
                        biased;
                        () = drain.cancelled() => {
                            closed = true;
                            receiver.close();
                        }
                        item = poll_fn(|cx| receiver.poll(cx)) => return item,
                    }
                }
                poll_fn(|cx| receiver.poll(cx)).await
            };
            match park(next, &mut (&mut self.task, &mut self.way)).await {
                Some(item) => self.push(item),
                None => break,
            }
        }
        self.finish();
    }

    /// Waits for room, and closes the receiver as soon as a graceful stop comes.
    async fn drain_aware_room(&mut self, receiver: &mut impl Receive<T>, closed: &mut bool) {
        if !self.task.may_go_on() {
            self.task.look_around(&mut self.way).await;
        }
        if self.way.has_room() {
            return;
        }
        self.task.publish();
        let Self { way, drain, .. } = self;
        let mut room = pin!(way.room());
        if !*closed {
            tokio::select! {
                biased;
                () = &mut room => return,
                () = drain.cancelled() => {
                    *closed = true;
                    receiver.close();
                }
            }
        }
        room.await;
    }
}

/// What the receivers of channels have in common.
trait Receive<T>: Send {
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

/// Finds out what a source's expression gives, by autoref dispatch: `(&&&&&SourceProbe::new(&s)).kind()` picks the
/// first kind in the order receiver, tokio `Lines`, `Stream`, iterable. `Option` and `Result` are none of them.
pub struct SourceProbe<S>(PhantomData<fn() -> S>);

impl<S> SourceProbe<S> {
    /// Of what kind is this?
    pub fn new(_: &S) -> Self {
        Self(PhantomData)
    }
}

/// How the items of a source are got at.
pub mod kinds {
    /// A tokio or own receiver.
    pub struct Receiver;
    /// Tokio's lines.
    pub struct Lines;
    /// A `Stream`.
    pub struct Stream;
    /// Anything iterable.
    pub struct Iterable;
    /// Nothing that gives items.
    pub struct NoSource;
}

/// Picks the kind; see [`SourceProbe`].
pub trait SourceKind {
    /// The kind.
    type Kind;
    /// The kind.
    fn kind(&self) -> Self::Kind;
}

/// What gives no items at all, or never the ones meant: `Option` and `Result` iterate, and it is always a forgotten `?`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no source",
    label = "neither iterable, nor a `Stream`, a receiver or tokio `Lines`",
    note = "help: an `Option` or `Result` needs a `?` in front of its items"
)]
pub trait Source {}

macro_rules! kinds {
    ($($probe:ty => $kind:ident where [$($generics:tt)*];)+) => {
        $(impl<$($generics)*> SourceKind for $probe {
            type Kind = kinds::$kind;
            fn kind(&self) -> kinds::$kind {
                kinds::$kind
            }
        })+
    };
}

kinds! {
    &&&&SourceProbe<Option<T>> => NoSource where [T];
    &&&&SourceProbe<Result<T, X>> => NoSource where [T, X];
    &&&SourceProbe<mpsc::Receiver<T>> => Receiver where [T];
    &&&SourceProbe<mpsc::UnboundedReceiver<T>> => Receiver where [T];
    &&&SourceProbe<crate::channel::Receiver<T>> => Receiver where [T];
    &&&SourceProbe<Lines<R>> => Lines where [R];
    &&SourceProbe<S> => Stream where [S: Stream];
    &SourceProbe<S> => Iterable where [S: IntoIterator];
    SourceProbe<S> => NoSource where [S];
}

/// The run of a source. Boxed, so that of what the source borrows only a lifetime is left in the task's type: rustc
/// cannot see that a closure over references is general enough once it is part of a future.
type Drive<'a, E> = BoxFuture<'a, Result<(), E>>;

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
                let line = std::task::ready!(source.as_mut().poll_next_line(cx));
                failed = line.is_err();
                Poll::Ready(line.transpose())
            })
            .await;
            Ok(())
        })
    }
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

impl kinds::NoSource {
    /// Refused by the compiler.
    pub async fn drive<S: Source, T, E>(self, _source: S, _out: Out<T, E>) -> Result<(), E> {
        Ok(())
    }
}
