//! What `flat_map` takes items apart into: anything that a source accepts.

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::{Stream, StreamExt};

use crate::check::Items;

/// What there is of the parts.
pub enum Pull<T> {
    /// The next part.
    Part(T),
    /// There may be one after [`Parts::poll_wait`].
    Wait,
    /// No more.
    End,
}

/// The parts of an item, one by one.
pub trait Parts: Send {
    /// A part.
    type Item;

    /// It is the item itself, and no part of it.
    const WHOLE: bool = false;

    /// The next part, if it is there.
    fn pull(&mut self) -> Pull<Self::Item>;

    /// Waits for what [`pull`](Self::pull) did not find.
    fn poll_wait(&mut self, _cx: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }
}

/// What has not come apart: one item.
pub struct Whole<T>(Option<T>);

impl<T> Whole<T> {
    /// The item.
    pub fn new(item: T) -> Self {
        Self(Some(item))
    }
}

impl<T: Send> Parts for Whole<T> {
    type Item = T;

    const WHOLE: bool = true;

    #[inline]
    fn pull(&mut self) -> Pull<T> {
        self.0.take().map_or(Pull::End, Pull::Part)
    }
}

/// The parts that an iterator gives.
pub struct Iterated<I>(I);

impl<I: Iterator + Send> Parts for Iterated<I> {
    type Item = I::Item;

    #[inline]
    fn pull(&mut self) -> Pull<I::Item> {
        self.0.next().map_or(Pull::End, Pull::Part)
    }
}

/// The parts that a stream gives.
pub struct Streamed<S: Stream> {
    stream: Pin<Box<S>>,
    next: Option<S::Item>,
    ended: bool,
}

impl<S: Stream<Item: Send> + Send> Parts for Streamed<S> {
    type Item = S::Item;

    fn pull(&mut self) -> Pull<S::Item> {
        match self.next.take() {
            Some(part) => Pull::Part(part),
            None if self.ended => Pull::End,
            None => Pull::Wait,
        }
    }

    fn poll_wait(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.next = ready!(self.stream.poll_next_unpin(cx));
        self.ended = self.next.is_none();
        Poll::Ready(())
    }
}

/// Tells what a `flat_map` body gives, by autoref dispatch: `(&&&&&PartsProbe::new(items)).kind_of_parts()`.
pub struct PartsProbe<S>(PhantomData<fn() -> S>);

impl<S> PartsProbe<S> {
    /// Of what kind is this?
    pub fn new(_: Items<S>) -> Self {
        Self(PhantomData)
    }
}

/// How parts are got at.
pub mod kinds {
    /// From a `Stream`.
    #[derive(Clone, Copy)]
    pub struct Stream;
    /// From anything iterable.
    #[derive(Clone, Copy)]
    pub struct Iterable;
    /// Not at all: refused by the compiler.
    #[derive(Clone, Copy)]
    pub struct NoSource;
    /// It is not known, where the compiler has said something else.
    #[derive(Clone, Copy)]
    pub struct Unknown;
}

/// Picks the kind; see [`PartsProbe`].
pub trait PartsKind {
    /// The kind.
    type Kind;
    /// The kind.
    fn kind_of_parts(&self) -> Self::Kind;
}

macro_rules! kinds {
    ($($probe:ty => $kind:ident where [$($generics:tt)*];)+) => {
        $(impl<$($generics)*> PartsKind for $probe {
            type Kind = kinds::$kind;
            fn kind_of_parts(&self) -> kinds::$kind {
                kinds::$kind
            }
        })+
    };
}

/// What a body of which the type is not known is taken to give: first of all, and alone, so that nothing is ambiguous.
pub enum Unknown {}

kinds! {
    &&&&PartsProbe<Unknown> => Unknown where [];
    &&&PartsProbe<Option<T>> => NoSource where [T];
    &&&PartsProbe<Result<T, X>> => NoSource where [T, X];
    &&PartsProbe<S> => Stream where [S: Stream];
    &PartsProbe<S> => Iterable where [S: IntoIterator];
    PartsProbe<S> => NoSource where [S];
}

impl kinds::Unknown {
    /// There are none.
    pub fn open<S, T>(self, _: S) -> Iterated<std::iter::Empty<T>> {
        Iterated(std::iter::empty())
    }
}

impl kinds::Iterable {
    /// The parts.
    pub fn open<S: IntoIterator<IntoIter: Send>>(self, parts: S) -> Iterated<S::IntoIter> {
        Iterated(parts.into_iter())
    }
}

impl kinds::Stream {
    /// The parts.
    pub fn open<S: Stream<Item: Send> + Send>(self, parts: S) -> Streamed<S> {
        Streamed { stream: Box::pin(parts), next: None, ended: false }
    }
}
