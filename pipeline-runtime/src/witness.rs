//! Types without values: how item types find their way through generated code.
//!
//! A closure's parameter types are inferred from the function that it is passed to. Generated code passes each closure
//! of a chain to one of the functions here, together with an [`Items`] that says what comes, and gets another that says
//! what goes; so no closure needs an annotation, and an item of the wrong type is an error at the user's closure.

use std::collections::HashMap;
use std::hash::Hash;
use std::marker::PhantomData;

use crate::stage::Next;

/// Items of type `T`.
pub struct Items<T>(PhantomData<fn() -> T>);

impl<T> Clone for Items<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Items<T> {}

/// Items of whatever type.
pub const fn items<T>() -> Items<T> {
    Items(PhantomData)
}

/// The pipeline's error type.
pub struct Errors<E>(PhantomData<fn() -> E>);

impl<E> Clone for Errors<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Errors<E> {}

/// The pipeline's error type.
pub const fn errors<E>() -> Errors<E> {
    Errors(PhantomData)
}

/// The operators' functions, for one kind of closure: the name, what the closure takes and gives, and what the operator
/// passes on. `_lent` is for a closure that borrows the item.
macro_rules! each_operator {
    ($define:ident $call:ident $bound:ident) => {
        $define! { $call $bound;
            map<U>(T) -> U => U;
            map_lent<U>(&T) -> U => U;
            filter<>(&T) -> bool => T;
            filter_map<U>(T) -> Option<U> => U;
            filter_map_lent<U>(&T) -> Option<U> => U;
            flat_map<U>(T) -> U => U;
            flat_map_lent<U>(&T) -> U => U;
            inspect<>(&T) -> () => T;
            take_while<>(&T) -> bool => T;
            skip_while<>(&T) -> bool => T;
            route<U>(T) -> U => U;
            route_lent<U>(&T) -> U => U;
            for_each<>(T) -> () => ();
            for_each_lent<>(&T) -> () => ();
            reduce<>(T, T) -> T => T;
            recurse<U>(T, &Next<T>) -> U => U;
            recurse_lent<U>(&T, &Next<T>) -> U => U;
        }
    };
}

/// The same for operators whose closure has a state, made by `init`.
macro_rules! each_stateful_operator {
    ($define:ident $call:ident $bound:ident) => {
        $define! { $call $bound;
            scan<U>(&mut S, T) -> U => U;
            scan_lent<U>(&mut S, &T) -> U => U;
            window<>(&mut S, T) -> () => S;
            window_lent<>(&mut S, &T) -> () => S;
            map_init<U>(&mut S, T) -> U => U;
            map_init_lent<U>(&mut S, &T) -> U => U;
            fold<>(S, T) -> S => S;
            fold_lent<>(S, &T) -> S => S;
        }
    };
}

macro_rules! operators {
    ($call:ident $bound:ident; $($name:ident<$($generic:ident)?>($($arg:ty),*) -> $out:ty => $next:ty;)*) => {
        $(
            #[allow(missing_docs, reason = "the table above says it")]
            pub fn $name<T, E, $($generic,)? F>(_: Items<T>, _: Errors<E>, f: F) -> (F, Items<$next>)
            where
                F: $call($($arg),*) -> Result<$out, E> + Send + $bound + 'static,
            {
                (f, items())
            }
        )*
    };
}

macro_rules! stateful_operators {
    ($call:ident $bound:ident; $($name:ident<$($generic:ident)?>($($arg:ty),*) -> $out:ty => $next:ty;)*) => {
        $(
            #[allow(missing_docs, reason = "the table above says it")]
            pub fn $name<T, E, S, $($generic,)? I, F>(
                _: Items<T>,
                _: Errors<E>,
                init: I,
                f: F,
            ) -> (I, F, Items<$next>)
            where
                I: Fn() -> S + Send + Sync + 'static,
                F: $call($($arg),*) -> Result<$out, E> + Send + $bound + 'static,
            {
                (init, f, items())
            }
        )*
    };
}

/// Closures of one task.
pub mod serial {
    use super::{Errors, Items, Next, items};
    each_operator!(operators FnMut Send);
    each_stateful_operator!(stateful_operators FnMut Send);
}

/// `async` closures of one task.
pub mod serial_async {
    use super::{Errors, Items, Next, items};
    each_operator!(operators AsyncFnMut Send);
    each_stateful_operator!(stateful_operators AsyncFnMut Send);
}

/// Closures that several workers share.
pub mod shared {
    use super::{Errors, Items, Next, items};
    each_operator!(operators Fn Sync);
    each_stateful_operator!(stateful_operators Fn Sync);
}

/// `async` closures that several workers, or several bodies in flight, share.
pub mod shared_async {
    use super::{Errors, Items, Next, items};
    each_operator!(operators AsyncFn Sync);
    each_stateful_operator!(stateful_operators AsyncFn Sync);
}

/// The body of a source.
pub fn source<T, E, F>(_: Errors<E>, body: F) -> (F, Items<T>)
where
    F: AsyncFnOnce(crate::stage::Out<T, E>) -> Result<(), E> + Send + 'static,
{
    (body, items())
}

/// The body of a generator.
pub fn generator<T, E, F>(_: Errors<E>, body: F) -> (F, Items<T>)
where
    F: AsyncFnOnce(crate::stage::Output<T>) -> Result<(), E> + Send + 'static,
{
    (body, items())
}

/// The body of a generator that blocks.
pub fn blocking_generator<T, E, F>(_: Errors<E>, body: F) -> (F, Items<T>)
where
    F: FnOnce(crate::stage::BlockingOutput<T>) -> Result<(), E> + Send + 'static,
{
    (body, items())
}

/// The body of a `process`.
pub fn process<T, U, E, F>(_: Items<T>, _: Errors<E>, body: F) -> (F, Items<U>)
where
    F: AsyncFnOnce(crate::stage::Input<T, E>, crate::stage::Output<U>) -> Result<(), E> + Send + 'static,
{
    (body, items())
}

/// Items that have a `: TYPE`.
pub fn typed<T>(items: Items<T>) -> Items<T> {
    items
}

/// `input?`
pub fn question<T, X, E: From<X>>(_: Items<Result<T, X>>, _: Errors<E>) -> Items<T> {
    items()
}

/// `enumerate`
pub fn enumerate<T>(_: Items<T>) -> Items<(usize, T)> {
    items()
}

/// `dedup`
pub fn dedup<T: PartialEq + Clone>(_: Items<T>) -> Items<T> {
    items()
}

/// `batch`
pub fn batch<T>(_: Items<T>) -> Items<Vec<T>> {
    items()
}

/// What a `window` gives, of the values that its items are folded into.
pub fn windows<S>(_: Items<S>) -> Items<crate::Window<S>> {
    items()
}

/// As [`windows`], under `keyed`.
pub fn keyed_windows<S, K>(_: Items<S>, _: Items<K>) -> Items<crate::Window<S, K>> {
    items()
}

/// `tee`, or a failing operator that needs the item afterwards.
pub fn cloned<T: Clone>(_: Items<T>) {}

/// The `else` stream of an operator.
pub fn rejected<T, E>(_: Items<T>, _: Errors<E>) -> Items<crate::Rejected<T, E>> {
    items()
}

/// `keyed`
pub fn keyed<T, K, F>(_: Items<T>, f: F) -> (F, Items<K>)
where
    K: Hash + Eq + Clone + Send + 'static,
    F: Fn(&T) -> K + Send + Sync + 'static,
{
    (f, items())
}

/// `unique = |x| key`
pub fn unique<T, K, F>(_: Items<T>, f: F) -> F
where
    K: Hash + Eq + Send + 'static,
    F: Fn(&T) -> K + Send + Sync + 'static,
{
    f
}

/// A part of a `merge` that is wrapped as it enters.
pub fn wrapped<T, U, F: FnMut(T) -> U + Send + 'static>(_: Items<T>, wrap: F) -> (F, Items<U>) {
    (wrap, items())
}

/// The parts of a `merge` or `concat`, all of one type.
pub fn same<T, const N: usize>(_: [Items<T>; N]) -> Items<T> {
    items()
}

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

/// The value that `collect` builds. `FromIterator` is what lets `Vec<_>` be inferred.
pub fn collect<C: FromIterator<T> + Extend<T>, T>(_: Items<T>) -> C {
    C::from_iter(None)
}

/// As [`collect`], under `keyed`: what makes the collection of a key.
pub fn collection<C: FromIterator<T> + Extend<T>, T>(_: Items<T>) -> (fn() -> C, Items<C>) {
    (|| C::from_iter(None), items())
}

/// A terminal operator under `keyed`: a value for each key.
pub fn per_key<K, V>(_: Items<K>, _: Items<V>) -> Items<HashMap<K, V>> {
    items()
}

/// What starts an open pipeline.
pub fn start<I, O, E, F>(_: Errors<E>, _: Items<I>, _: Items<O>, start: F) -> F
where
    F: FnOnce(&crate::__private::Launch<E>, crate::__private::Receiver<I>, crate::__private::Sender<O>),
{
    start
}

/// `via`: the fragment, and what comes out of it.
pub fn via<I, O, E, X>(_: Items<I>, _: Errors<E>, flow: crate::Flow<I, O, X>) -> (crate::Flow<I, O, X>, Items<O>)
where
    E: From<X>,
{
    (flow, items())
}

/// What `forward` sends to.
pub fn forward<T, E, F: crate::stage::Forward<T, Error: Into<E>> + Send + 'static>(
    _: Items<T>,
    _: Errors<E>,
    target: F,
) -> F {
    target
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

/// The tail, over the sinks' values.
pub fn tail<V, O, F: FnOnce(V) -> O + Send + 'static>(_: Items<V>, tail: F) -> F {
    tail
}

/// The first branch of a `route`, and what is behind it.
pub fn branch<T, R>(_: Items<crate::stage::Branch<T, R>>) -> (Items<T>, Items<R>) {
    (items(), items())
}
