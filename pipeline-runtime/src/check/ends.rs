//! What is asked of sources, sinks and fragments.

use futures_sink::Sink;

use super::{Held, Items, Known, Sealed, items};
use crate::stage::{BlockingOutput, Forward, Input, Out, Output, Results, ToChannel, ToSink};

/// The body of a source.
pub fn source<T, E: Known, F, S>(sound: S, body: F) -> (Sealed<F>, Items<T>, E::With<S>)
where
    F: AsyncFnOnce(Out<T, E>) -> Result<(), E> + Send + 'static,
{
    (Sealed::new(body), items(), E::with(sound))
}

/// The body of a generator.
pub fn generator<T, E: Known, F, S>(sound: S, body: F) -> (Sealed<F>, Items<T>, E::With<S>)
where
    F: AsyncFnOnce(Output<T>) -> Result<(), E> + Send + 'static,
{
    (Sealed::new(body), items(), E::with(sound))
}

/// The body of a generator that blocks.
pub fn blocking_generator<T, E: Known, F, S>(sound: S, body: F) -> (Sealed<F>, Items<T>, E::With<S>)
where
    F: FnOnce(BlockingOutput<T>) -> Result<(), E> + Send + 'static,
{
    (Sealed::new(body), items(), E::with(sound))
}

/// As [`source`], under `retry`.
pub fn retried_source<T, E: Known, F, S>(sound: S, body: F) -> (Sealed<F>, Items<T>, E::With<S>)
where
    F: AsyncFnMut(Out<T, E>) -> Result<(), E> + Send + 'static,
{
    (Sealed::new(body), items(), E::with(sound))
}

/// As [`retried_source`], of a source that ends with the first of its items that is an `Err`. The second items are those
/// that go on.
#[allow(clippy::type_complexity, reason = "generated code takes it apart at once")]
pub fn retried_results<R, T, E: Known, F, S>(
    sound: S,
    body: F,
) -> (Sealed<F>, Items<R>, Items<Result<T, E>>, E::With<S>)
where
    F: AsyncFnMut(Results<R, T, E>) -> Result<(), E> + Send + 'static,
{
    (Sealed::new(body), items(), items(), E::with(sound))
}

/// What goes on of a source whose items are behind its reader's `?`.
pub fn results<T, E>(_: Items<T>, results: Items<Result<T, E>>) -> Items<Result<T, E>> {
    results
}

/// As [`generator`], under `retry`.
pub fn retried_generator<T, E: Known, F, S>(sound: S, body: F) -> (Sealed<F>, Items<T>, E::With<S>)
where
    F: AsyncFnMut(Output<T>) -> Result<(), E> + Send + 'static,
{
    (Sealed::new(body), items(), E::with(sound))
}

/// As [`blocking_generator`], under `retry`.
pub fn retried_blocking_generator<T, E: Known, F, S>(sound: S, body: F) -> (Sealed<F>, Items<T>, E::With<S>)
where
    F: FnMut(BlockingOutput<T>) -> Result<(), E> + Send + 'static,
{
    (Sealed::new(body), items(), E::with(sound))
}

/// The body of a `process`.
pub fn process<T, U, E: Known, F, S>(sound: S, _: Items<T>, body: F) -> (Sealed<F>, Items<U>, E::With<S>)
where
    F: AsyncFnOnce(Input<T, E>, Output<U>) -> Result<(), E> + Send + 'static,
{
    (Sealed::new(body), items(), E::with(sound))
}

/// What `collect` builds: nothing that the compiler asks this of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be collected from items of type `{T}`",
    label = "items of type `{T}` come here",
    note = "it must implement `FromIterator<{T}>` and `Extend<{T}>`, as `Vec<_>` does for all items and `HashMap<_, _>` for pairs"
)]
pub trait Collects<T>: Sized {
    /// A pipeline that is not [`Sound`](super::Sound).
    type With<S>;

    /// One of nothing.
    fn empty() -> Self;

    /// There is none.
    fn with<S>(sound: S) -> Self::With<S>;
}

/// What makes a collection with nothing in it.
pub type Empty<C> = fn() -> C;

/// `via`: the fragment, what comes out of it, and what it fails with.
#[allow(clippy::type_complexity, reason = "generated code takes it apart at once")]
pub fn via<I, O, X: Known, S>(
    sound: S,
    _: Items<I>,
    flow: crate::Flow<I, O, X>,
) -> (crate::Flow<I, O, X>, Items<O>, Items<X>, X::With<S>) {
    (flow, items(), items(), X::with(sound))
}

/// Where `forward` sends to: nothing that the compiler asks this of.
#[diagnostic::on_unimplemented(
    message = "`forward` cannot send items of type `{T}` to a `{Self}`",
    label = "neither a tokio `mpsc::Sender<{T}>` nor a `futures::Sink<{T}>`",
    note = "a `map` in front of it makes items of another type; a channel of `std` blocks its thread: use one of tokio's, or `for_each` under `#[blocking]`"
)]
pub trait Receives<T> {
    /// What can go wrong.
    type Failure;
    /// A pipeline that is not [`Sound`](super::Sound).
    type With<S>;

    /// There is none.
    fn with<S>(sound: S) -> Self::With<S>;
}

/// Items that are to go to `target`.
pub fn forwarded<T, F>(_: Items<T>, _: &F) -> Items<(T, F)> {
    items()
}

impl<T, F: Forward<T> + Send + 'static> Items<(T, F)> {
    /// They can go there: what can go wrong.
    pub fn forward<S>(self, sound: S) -> (Items<F::Error>, S) {
        (items(), sound)
    }
}

/// The answer for a sink that cannot leave its thread.
pub trait RefusedSink<T, F>: Sized {
    /// It cannot.
    fn forward<S, Unsaid>(self, sound: S) -> (Items<<F as Sink<T>>::Error>, F::With<S>)
    where
        F: Sink<T> + Held<Unsaid>,
    {
        (items(), F::with(sound))
    }
}

impl<T, F: Sink<T>> RefusedSink<T, F> for Items<(T, ToSink<F>)> {}

/// The answer for what receives no such items.
pub trait RefusedTarget<T, F>: Sized {
    /// It does not.
    fn forward<S>(self, sound: S) -> (Items<F::Failure>, F::With<S>)
    where
        F: Receives<T>,
    {
        (items(), F::with(sound))
    }
}

impl<T, F> RefusedTarget<T, F> for &Items<(T, ToSink<F>)> {}
impl<T, F> RefusedTarget<T, F> for &Items<(T, ToChannel<F>)> {}
