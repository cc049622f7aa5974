//! What is asked of sources, sinks and fragments.

use super::items::ErrorOf;
use super::{Errors, Items, Known, Sealed, items};
use crate::stage::{BlockingOutput, Forward, Input, Out, Output};

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

/// The body of a `process`.
pub fn process<T, U, E: Known, F, S>(sound: S, _: Items<T>, body: F) -> (Sealed<F>, Items<U>, E::With<S>)
where
    F: AsyncFnOnce(Input<T, E>, Output<U>) -> Result<(), E> + Send + 'static,
{
    (Sealed::new(body), items(), E::with(sound))
}

/// What `collect` builds.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be collected from items of type `{T}`",
    label = "items of type `{T}` come here",
    note = "it must implement `FromIterator<{T}>` and `Extend<{T}>`, as `Vec<_>` does for all items and `HashMap<_, _>` for pairs"
)]
pub trait Collects<T>: Sized {
    /// One of nothing.
    fn empty() -> Self;

    /// A [`Sound`](super::Sound) pipeline with it.
    type With<S>;

    /// It can be.
    fn with<S>(sound: S) -> Self::With<S>;
}

#[diagnostic::do_not_recommend]
impl<C: FromIterator<T> + Extend<T>, T> Collects<T> for C {
    fn empty() -> C {
        C::from_iter(None)
    }

    type With<S> = S;

    fn with<S>(sound: S) -> S {
        sound
    }
}

/// The value that `collect` builds.
pub fn collect<C: Collects<T>, T, S>(sound: S, _: Items<T>) -> (C, C::With<S>) {
    (C::empty(), C::with(sound))
}

/// What makes a collection with nothing in it.
pub type Empty<C> = fn() -> C;

/// As [`collect`], under `keyed`: what makes the collection of a key.
pub fn collection<C: Collects<T>, T, S>(sound: S, _: Items<T>) -> (Empty<C>, Items<C>, C::With<S>) {
    (C::empty, items(), C::with(sound))
}

/// `via`: the fragment, and what comes out of it.
pub fn via<I, O, E: ErrorOf<X>, X, S>(
    sound: S,
    _: Items<I>,
    _: Errors<E>,
    flow: crate::Flow<I, O, X>,
) -> (crate::Flow<I, O, X>, Items<O>, E::With<S>) {
    (flow, items(), E::with(sound))
}

/// Where `forward` sends to.
#[diagnostic::on_unimplemented(
    message = "`forward` cannot send items of type `{T}` there",
    label = "neither a tokio `mpsc::Sender<{T}>` nor a `futures::Sink<{T}>`",
    note = "a channel of `std` blocks its thread: use one of tokio's, or `for_each` under `#[blocking]`"
)]
pub trait Receives<T> {
    /// What can go wrong.
    type Failure;
}

#[diagnostic::do_not_recommend]
impl<F: Forward<T>, T> Receives<T> for F {
    type Failure = F::Error;
}

/// What `forward` sends to.
pub fn forward<T, E: ErrorOf<F::Failure>, F: Receives<T> + Send + 'static, S>(
    sound: S,
    _: Items<T>,
    _: Errors<E>,
    target: F,
) -> (F, <E as ErrorOf<F::Failure>>::With<S>) {
    (target, E::with(sound))
}
