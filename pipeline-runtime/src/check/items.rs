//! What is asked of the items of a stream.

use std::collections::HashMap;
use std::hash::Hash;
use std::marker::PhantomData;

use super::ends::{Collects, Empty};
use super::{Errors, Items, items};

/// Defines how it is said that items are not what is asked. Nothing implements these: whether a type is what is asked
/// is found out by the method that bears the question's name. `Unsaid` is never known: with it in the refusal the compiler
/// does not advise to write it as a bound of a type parameter, which would be of no use.
macro_rules! refusals {
    ($($(#[$attribute:meta])* $name:ident $(<$of:ident>)?;)+) => { $(
        $(#[$attribute])*
        pub trait $name<$($of,)? Unsaid> {
            /// A pipeline that is not [`Sound`](super::Sound).
            type With<S>;

            /// There is none.
            fn with<S>(sound: S) -> Self::With<S>;
        }
    )+ };
}

refusals! {
    /// What goes from stage to stage.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot travel between stages: it is not `Send`",
        label = "items of type `{Self}`",
        note = "all parts of an item must be `Send`: an `Arc` is where an `Rc` is not, a `Mutex` where a `RefCell` or a guard is not; a type parameter says so: `T: Send + 'static`"
    )]
    Item;

    /// What a stage keeps while it waits for items: a state, a batch, a sink's value.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot be kept from item to item: it is not `Send`",
        label = "a value of type `{Self}` is kept here",
        note = "all parts of it must be `Send`: an `Arc` is where an `Rc` is not, a `Mutex` where a `RefCell` or a guard is not; a type parameter says so: `T: Send + 'static`"
    )]
    Held;

    /// What each branch of a `tee` gets one of.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is not `Clone`, and each branch of a `tee` gets an item of its own",
        label = "items of type `{Self}`",
        note = "derive `Clone` for it, or send `Arc`s: `map(Arc::new)` in front of the `tee`"
    )]
    Branched;

    /// What is there for the `else` stream after its closure has taken it.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is not `Clone`, and an item that failed goes to `else`",
        label = "this closure takes the item for itself",
        note = "lend it: with `|ref x|` the closure borrows the item, and nothing is cloned"
    )]
    Kept;

    /// What is there for another attempt after a closure has taken it.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is not `Clone`, and `retry` tries with the same item again",
        label = "this closure takes the item for itself",
        note = "lend it: with `|ref x|` the closure borrows the item, and nothing is cloned"
    )]
    Retried;

    /// A variable that a source is, which is to be made again.
    #[diagnostic::on_unimplemented(
        message = "`retry` makes the source again, and the first attempt uses up this `{Self}`",
        label = "there is one of it, of type `{Self}`",
        note = "write what makes it here, such as `subscribe(&client).await?`, or read from it in a generator"
    )]
    Reusable;

    /// What `dedup` compares.
    #[diagnostic::on_unimplemented(
        message = "`dedup` cannot compare items of type `{Self}`",
        label = "needs `PartialEq` and `Clone`",
        note = "it keeps a clone of the last item and compares: `#[derive(Clone, PartialEq)]`"
    )]
    Repeated;

    /// What a key is.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot be a key",
        label = "this closure gives a `{Self}`",
        note = "a key is `Hash + Eq + Clone + Send` and owned; a float is not `Eq`: `x.to_bits()`"
    )]
    Key;

    /// What a closure that several workers share names of its surroundings.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot be shared between threads: it is not `Send`",
        label = "all bodies of this stage share this, of type `{Self}`",
        note = "all parts of it must be `Send` and `Sync`: an `Arc` is where an `Rc` is not, a `Mutex` or an atomic where a `RefCell` or a `Cell` is not"
    )]
    Captured;

    /// An input of a `merge` or `concat` beside another, which it is not like.
    #[diagnostic::on_unimplemented(
        message = "the inputs are of two types: `{U}` and `{Self}`",
        label = "items of type `{Self}`",
        note = "wrap them as they enter, in the variants of an `enum`: `merge(Event::A(a), Event::B(b))`"
    )]
    Beside<U>;

    /// A pipeline's error that is to be made of another.
    #[diagnostic::on_unimplemented(
        message = "the pipeline's error `{Self}` cannot be made of `{U}`",
        label = "fails with `{U}`",
        note = "write `impl From<{U}> for {Self}`, or convert it where it arises: `.map_err(…)`"
    )]
    ErrorOf<U>;
}

/// Any type, once the compiler knows it.
pub trait Known {
    /// A [`Sound`](super::Sound) pipeline with it.
    type With<S>;

    /// It is known.
    fn with<S>(sound: S) -> Self::With<S>;
}

impl<T> Known for T {
    type With<S> = S;

    fn with<S>(sound: S) -> S {
        sound
    }
}

/// The type that a `: TYPE` says.
#[diagnostic::on_unimplemented(
    message = "mismatched types: the items are `{T}`",
    label = "expected `{T}`, found `{Self}`"
)]
pub trait Alike<T> {
    /// A [`Sound`](super::Sound) pipeline with it.
    type With<S>;

    /// They are the same.
    fn with<S>(sound: S) -> Self::With<S>;
}

impl<T> Alike<T> for T {
    type With<S> = S;

    fn with<S>(sound: S) -> S {
        sound
    }
}

/// The type of a pipeline's value that a function's signature says, where there is no tail.
#[diagnostic::on_unimplemented(
    message = "mismatched types: without a tail the sinks' values are the pipeline's, of type `{T}`",
    label = "expected `{T}`, found `{Self}`",
    note = "write `{T}` here, or a tail that makes a `{Self}` of the sinks' values"
)]
pub trait Given<T> {
    /// A [`Sound`](super::Sound) pipeline with it.
    type With<S>;

    /// They are the same.
    fn with<S>(sound: S) -> Self::With<S>;
}

impl<T> Given<T> for T {
    type With<S> = S;

    fn with<S>(sound: S) -> S {
        sound
    }
}

/// What `input?` cannot take items out of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no `Result`: there is nothing that `?` could take out",
    label = "items of type `{Self}`",
    note = "remove the `?`; of `Option`s, `filter_map(|x| x)` keeps what is there"
)]
pub trait Fallible {
    /// What it is if it has not failed.
    type Item;
    /// What it is if it has.
    type Error;
    /// A pipeline that is not [`Sound`](super::Sound).
    type With<S>;

    /// There is none.
    fn with<S>(sound: S) -> Self::With<S>;
}

impl<T: Send> Items<T> {
    /// They go over an edge.
    pub fn edge<S>(self, sound: S) -> S {
        sound
    }
}

impl<T: Send> Items<T> {
    /// They are kept.
    pub fn held<S>(self, sound: S) -> S {
        sound
    }
}

impl<T: Send> Items<T> {
    /// A closure that workers share names them. Whether they are `Sync` is asked of the closure: of what is neither the
    /// compiler would speak twice there.
    pub fn captured<S>(self, sound: S) -> S {
        sound
    }
}

impl<T: Clone> Items<T> {
    /// They go to each branch of a `tee`.
    pub fn tee<S>(self, sound: S) -> S {
        sound
    }
}

impl<T: Clone> Items<T> {
    /// They are given to a closure that takes them and may fail, under `else`.
    pub fn kept<S>(self, sound: S) -> S {
        sound
    }
}

impl<T: Clone> Items<T> {
    /// They are given to a closure that takes them, and to it again under `retry`.
    pub fn retried<S>(self, sound: S) -> S {
        sound
    }
}

impl<T: Copy> Items<T> {
    /// A source is one, and is made again under `retry`.
    pub fn made_again<S>(self, sound: S) -> S {
        sound
    }
}

impl<T: PartialEq + Clone> Items<T> {
    /// They go through `dedup`.
    pub fn dedup<S>(self, sound: S) -> S {
        sound
    }
}

impl<T: Hash + Eq + Clone + Send> Items<T> {
    /// They are keys.
    pub fn key<S>(self, sound: S) -> S {
        sound
    }
}

/// The answer to the same questions of items that are not what is asked: the compiler comes here only with those.
pub trait Refused<T>: Sized {
    /// They are not what `edge` asks.
    fn edge<S, Unsaid>(self, sent: S) -> Told<T, T::With<S>>
    where
        T: Item<Unsaid>,
    {
        Told::of_items(T::with(sent))
    }

    /// They are not what `held` asks.
    fn held<S, Unsaid>(self, sent: S) -> Told<T, T::With<S>>
    where
        T: Held<Unsaid>,
    {
        Told::of_items(T::with(sent))
    }

    /// They are not what `captured` asks.
    fn captured<S, Unsaid>(self, sound: S) -> T::With<S>
    where
        T: Captured<Unsaid>,
    {
        T::with(sound)
    }

    /// They are not what `tee` asks.
    fn tee<S, Unsaid>(self, sound: S) -> T::With<S>
    where
        T: Branched<Unsaid>,
    {
        T::with(sound)
    }

    /// They are not what `kept` asks.
    fn kept<S, Unsaid>(self, sound: S) -> T::With<S>
    where
        T: Kept<Unsaid>,
    {
        T::with(sound)
    }

    /// They are not what `retried` asks.
    fn retried<S, Unsaid>(self, sound: S) -> T::With<S>
    where
        T: Retried<Unsaid>,
    {
        T::with(sound)
    }

    /// They are not what `made_again` asks.
    fn made_again<S, Unsaid>(self, sound: S) -> T::With<S>
    where
        T: Reusable<Unsaid>,
    {
        T::with(sound)
    }

    /// They are not what `dedup` asks.
    fn dedup<S, Unsaid>(self, sound: S) -> T::With<S>
    where
        T: Repeated<Unsaid>,
    {
        T::with(sound)
    }

    /// They are not what `key` asks.
    fn key<S, Unsaid>(self, sound: S) -> T::With<S>
    where
        T: Key<Unsaid>,
    {
        T::with(sound)
    }
}

impl<T> Refused<T> for Items<T> {}

/// Of items of type `P` it has been said that they cannot go from task to task.
pub struct Told<P, S> {
    sound: S,
    of: PhantomData<fn() -> P>,
}

impl<P, S> Told<P, S> {
    fn of_items(sound: S) -> Self {
        Self { sound, of: PhantomData }
    }

    /// Other items, to be asked for the same.
    pub fn about<T>(&self, _: Items<T>) -> Others<P, T> {
        Others(PhantomData)
    }

    /// No pipeline that is [`Sound`](super::Sound).
    pub fn of<T>(self, _: T) -> S {
        self.sound
    }
}

/// Items of type `T`, behind some of type `P` that were refused.
pub struct Others<P, T>(PhantomData<fn() -> (P, T)>);

/// It has been said of these, or of what they are made of by an operator.
macro_rules! told {
    ($($others:ty $(, of $more:ident)?;)+) => { $(
        impl<T $(, $more)?> Others<T, $others> {
            /// It has been said.
            pub fn edge<S>(self, sent: Told<T, S>) -> Told<T, S> {
                sent
            }

            /// It has been said.
            pub fn held<S>(self, sent: Told<T, S>) -> Told<T, S> {
                sent
            }
        }
    )+ };
}

told! {
    T;
    Vec<T>;
    (usize, T);
    Option<T>;
    crate::Rejected<T, E>, of E;
}

/// The answer for others that are what is asked.
pub trait SentOthers<P>: Sized {
    /// They go over an edge.
    fn edge<S>(self, sent: Told<P, S>) -> Told<P, S> {
        sent
    }

    /// They are kept.
    fn held<S>(self, sent: Told<P, S>) -> Told<P, S> {
        sent
    }
}

impl<P, T: Send> SentOthers<P> for Others<P, T> {}

/// The answer for others that are not.
pub trait RefusedOthers<P, T>: Sized {
    /// They are not what `edge` asks.
    fn edge<S, Unsaid>(self, sent: Told<P, S>) -> Told<T, T::With<S>>
    where
        T: Item<Unsaid>,
    {
        Told::of_items(T::with(sent.sound))
    }

    /// They are not what `held` asks.
    fn held<S, Unsaid>(self, sent: Told<P, S>) -> Told<T, T::With<S>>
    where
        T: Held<Unsaid>,
    {
        Told::of_items(T::with(sent.sound))
    }
}

impl<P, T> RefusedOthers<P, T> for &Others<P, T> {}

impl<T> Items<T> {
    /// They have a `: TYPE`.
    pub fn typed<D, S>(self, sound: S) -> (Items<D>, D::With<S>)
    where
        D: Alike<T>,
    {
        (items(), D::with(sound))
    }

    /// They are a pipeline's value, of a type that is said.
    pub fn given<D, S>(self, sound: S) -> D::With<S>
    where
        D: Given<T>,
    {
        D::with(sound)
    }
}

impl<C: FromIterator<T> + Extend<T>, T> Items<(C, T)> {
    /// The second are collected in the first.
    pub fn collect<S>(self, sound: S) -> (C, S) {
        (C::from_iter(None), sound)
    }

    /// As [`collect`](Self::collect), under `keyed`: what makes the collection of a key.
    pub fn collection<S>(self, sound: S) -> (Empty<C>, Items<C>, S) {
        (|| C::from_iter(None), items(), sound)
    }
}

/// The answer for what cannot be collected.
pub trait RefusedCollection<C, T>: Sized {
    /// It cannot.
    fn collect<S>(self, sound: S) -> (C, C::With<S>)
    where
        C: Collects<T>,
    {
        (C::empty(), C::with(sound))
    }

    /// It cannot, under `keyed`.
    fn collection<S>(self, sound: S) -> (Empty<C>, Items<C>, C::With<S>)
    where
        C: Collects<T>,
    {
        (C::empty, items(), C::with(sound))
    }
}

impl<C, T> RefusedCollection<C, T> for Items<(C, T)> {}

impl<T> Items<(T, T)> {
    /// They are two inputs of a `merge` or `concat`.
    pub fn beside<S>(self, sound: S) -> S {
        sound
    }
}

/// The answer for two inputs that are not of one type.
pub trait RefusedPair<U, T>: Sized {
    /// They are not.
    fn beside<S, Unsaid>(self, sound: S) -> T::With<S>
    where
        T: Beside<U, Unsaid>,
    {
        T::with(sound)
    }
}

impl<U, T> RefusedPair<U, T> for Items<(U, T)> {}

/// What fails with an `X` in a pipeline whose error is another.
pub fn failures<X, E>(_: Items<X>, _: Errors<E>) -> Items<(X, E)> {
    items()
}

impl<X, E: From<X>> Items<(X, E)> {
    /// The one becomes the other.
    pub fn convert<S>(self, sound: S) -> S {
        sound
    }
}

/// The answer for an error that the pipeline's cannot be made of.
pub trait RefusedConversion<X, E>: Sized {
    /// It cannot.
    fn convert<S, Unsaid>(self, sound: S) -> E::With<S>
    where
        E: ErrorOf<X, Unsaid>,
    {
        E::with(sound)
    }
}

impl<X, E> RefusedConversion<X, E> for Items<(X, E)> {}

impl<T, X> Items<Result<T, X>> {
    /// What is behind `input?`, and what it fails with.
    pub fn question<S>(self, sound: S) -> (Items<T>, Items<X>, S) {
        (items(), items(), sound)
    }
}

/// The answer for what is no `Result`.
pub trait RefusedQuestion<R>: Sized {
    /// It is not.
    #[allow(clippy::type_complexity, reason = "generated code takes it apart at once")]
    fn question<S>(self, sound: S) -> (Items<R::Item>, Items<R::Error>, R::With<S>)
    where
        R: Fallible,
    {
        (items(), items(), R::with(sound))
    }
}

impl<R> RefusedQuestion<R> for Items<R> {}

/// The parts of a `zip`.
pub trait Zipped {
    /// The tuple.
    type Item;
}

/// Items side by side.
pub fn zipped<Z: Zipped>(_: Z) -> Items<Z::Item> {
    items()
}

macro_rules! zipped {
    ($($($part:ident)+;)+) => {
        $(impl<$($part),+> Zipped for ($(Items<$part>,)+) {
            type Item = ($($part,)+);
        })+
    };
}

zipped! {
    A B;
    A B C;
    A B C D;
    A B C D F;
    A B C D F G;
    A B C D F G H;
    A B C D F G H I;
}

/// `enumerate`
pub fn enumerate<T>(_: Items<T>) -> Items<(usize, T)> {
    items()
}

/// `batch`
pub fn batch<T>(_: Items<T>) -> Items<Vec<T>> {
    items()
}

/// What a `window` gives, of the values that its items are folded into.
pub fn windows<A>(_: Items<A>) -> Items<crate::Window<A>> {
    items()
}

/// As [`windows`], under `keyed`.
pub fn keyed_windows<A, K>(_: Items<A>, _: Items<K>) -> Items<crate::Window<A, K>> {
    items()
}

/// The `else` stream of an operator.
pub fn rejected<T, E>(_: Items<T>, _: Errors<E>) -> Items<crate::Rejected<T, E>> {
    items()
}

/// A terminal operator under `keyed`: a value for each key.
pub fn per_key<K, V>(_: Items<K>, _: Items<V>) -> Items<HashMap<K, V>> {
    items()
}

/// `first`, `last`, `reduce`: a value, if anything came.
pub fn optional<T>(_: Items<T>) -> Items<Option<T>> {
    items()
}

/// The type of a value.
pub fn of<T>(_: &T) -> Items<T> {
    items()
}

/// Two sinks' values.
pub fn pair<A, B>(_: Items<A>, _: Items<B>) -> Items<(A, B)> {
    items()
}

/// The first branch of a `route`, and what is behind it.
pub fn branch<T, R>(_: Items<crate::stage::Branch<T, R>>) -> (Items<T>, Items<R>) {
    (items(), items())
}
