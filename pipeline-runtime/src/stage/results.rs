//! Sources with `retry` whose items are `Result`s: the first that is an `Err` ends the source, as an error of its own.

use std::future::Ready;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::mpsc as std_mpsc;
use std::task::{Context, Poll};

use futures_util::Stream;
use tokio::io::{AsyncBufRead, Lines};

use super::Out;
use super::source::{Drive, NonBlocking, Receive, Received, Source, kinds, poll_line};

/// Where such a source puts its items, which are `R`s as it gives them and go on as `Result<T, E>`s.
pub struct Results<R, T, E> {
    out: Out<Result<T, E>, E>,
    until_error: UntilError<R, T, E>,
}

impl<R, T: Send, E: Send + Sync> Results<R, T, E> {
    pub(super) fn new(out: Out<Result<T, E>, E>, converted: fn(R) -> Result<T, E>) -> Self {
        Self { out, until_error: UntilError { converted, error: None, failed: Arc::default() } }
    }

    /// Tells whether it was an item that has ended the source.
    pub(super) fn failed(&self) -> Arc<AtomicBool> {
        self.until_error.failed.clone()
    }
}

/// Lets items pass up to the first that is an `Err`, and keeps that.
struct UntilError<R, T, E> {
    converted: fn(R) -> Result<T, E>,
    error: Option<E>,
    failed: Arc<AtomicBool>,
}

impl<R, T, E> UntilError<R, T, E> {
    /// The next item, of what comes next.
    fn next(&mut self, next: impl FnOnce() -> Option<R>) -> Option<Result<T, E>> {
        if self.error.is_some() { None } else { self.passed(next()?) }
    }

    /// As [`next`](Self::next), of what is polled.
    fn poll(&mut self, poll: impl FnOnce() -> Poll<Option<R>>) -> Poll<Option<Result<T, E>>> {
        if self.error.is_some() {
            return Poll::Ready(None);
        }
        poll().map(|next| self.passed(next?))
    }

    fn passed(&mut self, result: R) -> Option<Result<T, E>> {
        match (self.converted)(result) {
            Ok(item) => Some(Ok(item)),
            Err(error) => {
                self.error = Some(error);
                self.failed.store(true, Release);
                None
            }
        }
    }

    /// What the source has come to.
    fn result(self) -> Result<(), E> {
        self.error.map_or(Ok(()), Err)
    }
}

impl kinds::Iterable {
    /// Sends all that is iterated over, up to an `Err`.
    pub fn drive_results<'a, S, T, E>(self, source: S, results: Results<S::Item, T, E>) -> Drive<'a, E>
    where
        S: IntoIterator<Item: Send + 'a, IntoIter: Send + 'a>,
        T: Send + 'a,
        E: Send + Sync + 'a,
    {
        let mut items = source.into_iter();
        Box::pin(async move {
            let Results { out, mut until_error } = results;
            out.drive_iterator(std::iter::from_fn(|| until_error.next(|| items.next()))).await;
            until_error.result()
        })
    }
}

impl kinds::Confined {
    /// Sends nothing: what is asked of the items says why.
    pub fn drive_results<'a, S: IntoIterator, T, E: Send + 'a>(self, _: S, _: Results<S::Item, T, E>) -> Drive<'a, E> {
        Box::pin(std::future::pending())
    }
}

impl kinds::Stream {
    /// Sends all that the stream yields, up to an `Err`.
    pub fn drive_results<'a, S, T, E>(self, source: S, results: Results<S::Item, T, E>) -> Drive<'a, E>
    where
        S: Stream<Item: Send + 'a> + Send + 'a,
        T: Send + 'a,
        E: Send + Sync + 'a,
    {
        Box::pin(async move {
            let Results { out, mut until_error } = results;
            let mut source = pin!(source);
            out.drive_polled(|cx: &mut Context<'_>| until_error.poll(|| source.as_mut().poll_next(cx))).await;
            until_error.result()
        })
    }
}

impl kinds::Lines {
    /// Sends all lines, up to an error.
    pub fn drive_results<'a, R, T, E>(
        self,
        source: Lines<R>,
        results: Results<std::io::Result<String>, T, E>,
    ) -> Drive<'a, E>
    where
        R: AsyncBufRead + Send + 'a,
        T: Send + 'a,
        E: Send + Sync + 'a,
    {
        Box::pin(async move {
            let Results { out, mut until_error } = results;
            let mut source = pin!(source);
            out.drive_polled(|cx: &mut Context<'_>| until_error.poll(|| poll_line(source.as_mut(), cx))).await;
            until_error.result()
        })
    }
}

/// A receiver up to an `Err`.
struct ReceiverUntilError<'a, S, R, T, E> {
    receiver: S,
    until_error: &'a mut UntilError<R, T, E>,
}

impl<S: Receive<R>, R, T: Send, E: Send> Receive<Result<T, E>> for ReceiverUntilError<'_, S, R, T, E> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, E>>> {
        let Self { receiver, until_error } = self;
        until_error.poll(|| receiver.poll(cx))
    }

    fn close(&mut self) {
        self.receiver.close();
    }
}

impl kinds::Receiver {
    /// Sends all that is received, up to an `Err`.
    pub fn drive_results<'a, S, T, E>(self, source: S, results: Results<S::Item, T, E>) -> Drive<'a, E>
    where
        S: Received<Item: 'a> + 'a,
        T: Send + 'a,
        E: Send + Sync + 'a,
    {
        Box::pin(async move {
            let Results { out, mut until_error } = results;
            out.drive_receiver(ReceiverUntilError { receiver: source, until_error: &mut until_error }).await;
            until_error.result()
        })
    }
}

impl kinds::BlockingReceiver {
    /// Sends all that is received, up to an `Err`.
    pub fn drive_results<'a, R, T, E>(self, source: std_mpsc::Receiver<R>, results: Results<R, T, E>) -> Drive<'a, E>
    where
        R: Send + 'a,
        T: Send + 'a,
        E: Send + Sync + 'a,
    {
        Box::pin(async move {
            let Results { out, mut until_error } = results;
            out.drive_blocking_receiver(source, |item| until_error.next(|| Some(item))).await;
            until_error.result()
        })
    }
}

impl kinds::Blocking {
    /// Refused by the compiler.
    pub fn drive_results<S: NonBlocking + IntoIterator, T, E>(
        self,
        _: S,
        _: Results<S::Item, T, E>,
    ) -> Ready<Result<(), E>> {
        std::future::ready(Ok(()))
    }
}

impl kinds::NoSource {
    /// Refused by the compiler.
    pub fn drive_results<S: Source, R, T, E>(self, _: S, _: Results<R, T, E>) -> Ready<Result<(), E>> {
        std::future::ready(Ok(()))
    }
}
