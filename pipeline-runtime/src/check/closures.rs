//! Closures: each is passed to the function of its operator.
//!
//! A pipeline's closures give `Result<_, E>` with the `E` written out, so that `E` is known if and only if the closure
//! has the shape that is asked for.

use std::time::Duration;

use super::{Errors, Items, Known, Launch, Sealed, items};
use crate::edge::{Receiver, Sender};
use crate::pipeline::Finish;
use crate::policy::{Decide, OnError};
use crate::stage::Next;

/// The operators' functions, for one kind of closure. The bounds stand where they are shown, in the compiler's notes.
macro_rules! operators {
    ($seal:ident: $($name:ident<$($generic:ident)?> where { $($bound:tt)* } => $next:ty;)*) => {
        $(
            #[allow(missing_docs, reason = "the line of the table says it")]
            pub fn $name<T, E: Known, $($generic,)? F, S>(sound: S, _: Items<T>, f: F) -> ($seal<F>, Items<$next>, E::With<S>)
            where
                $($bound)*
            {
                ($seal::new(f), items(), E::with(sound))
            }
        )*
    };
}

/// The same for closures that several tasks share: what is asked of what they capture is asked only where nothing was
/// found before that they name.
macro_rules! shared_operators {
    ($($name:ident<$($generic:ident)?> where { $($bound:tt)* } => $next:ty;)*) => {
        $(
            #[allow(missing_docs, reason = "the line of the table says it")]
            pub fn $name<T, E: Known, $($generic,)? F, S>(
                sound: S,
                _: Items<T>,
                f: F,
            ) -> (SealedShared<F::Sound>, Items<$next>, E::With<S>)
            where
                $($bound)*
            {
                (SealedShared::new(f.sound()), items(), E::with(sound))
            }
        )*
    };
}

/// The same for operators whose closure has a state, of type `A`, made by `init`: once, or as often as it is wanted.
macro_rules! stateful_operators {
    ($seal:ident: $($name:ident<$($generic:ident)?> where { $($bound:tt)* } => $next:ty;)*) => {
        $(
            #[allow(missing_docs, reason = "the line of the table says it")]
            pub fn $name<T, E: Known, A, $($generic,)? I, F, S>(
                sound: S,
                _: Items<T>,
                init: I,
                f: F,
            ) -> ($seal<I>, $seal<F>, Items<$next>, E::With<S>)
            where
                $($bound)*
            {
                ($seal::new(init), $seal::new(f), items(), E::with(sound))
            }
        )*
    };
}

/// As [`shared_operators`], for operators whose closure has a state.
macro_rules! shared_stateful_operators {
    ($($name:ident<$($generic:ident)?> where { $($bound:tt)* } => $next:ty;)*) => {
        $(
            #[allow(missing_docs, reason = "the line of the table says it")]
            #[allow(clippy::type_complexity, reason = "generated code takes it apart at once")]
            pub fn $name<T, E: Known, A, $($generic,)? I, F, S>(
                sound: S,
                _: Items<T>,
                init: I,
                f: F,
            ) -> (SealedShared<I::Sound>, SealedShared<F::Sound>, Items<$next>, E::With<S>)
            where
                I: Fn() -> A + If<S, Sound: Send + Sync + 'static>,
                $($bound)*
            {
                (SealedShared::new(init.sound()), SealedShared::new(f.sound()), items(), E::with(sound))
            }
        )*
    };
}

/// Closures of one task.
pub mod serial {
    use super::super::Sealed;
    use super::{Items, Known, Next, items};

    operators! { Sealed:
        map<U> where { F: FnMut(T) -> Result<U, E> + Send + 'static } => U;
        map_lent<U> where { F: FnMut(&T) -> Result<U, E> + Send + 'static } => U;
        filter<> where { F: FnMut(&T) -> Result<bool, E> + Send + 'static } => T;
        filter_map<U> where { F: FnMut(T) -> Result<Option<U>, E> + Send + 'static } => U;
        filter_map_lent<U> where { F: FnMut(&T) -> Result<Option<U>, E> + Send + 'static } => U;
        flat_map<U> where { F: FnMut(T) -> Result<U, E> + Send + 'static } => U;
        flat_map_lent<U> where { F: FnMut(&T) -> Result<U, E> + Send + 'static } => U;
        inspect<> where { F: FnMut(&T) -> Result<(), E> + Send + 'static } => T;
        take_while<> where { F: FnMut(&T) -> Result<bool, E> + Send + 'static } => T;
        skip_while<> where { F: FnMut(&T) -> Result<bool, E> + Send + 'static } => T;
        route<U> where { F: FnMut(T) -> Result<U, E> + Send + 'static } => U;
        route_lent<U> where { F: FnMut(&T) -> Result<U, E> + Send + 'static } => U;
        for_each<> where { F: FnMut(T) -> Result<(), E> + Send + 'static } => ();
        for_each_lent<> where { F: FnMut(&T) -> Result<(), E> + Send + 'static } => ();
        reduce<> where { F: FnMut(T, T) -> Result<T, E> + Send + 'static } => T;
        recurse<U> where { F: FnMut(T, &Next<T>) -> Result<U, E> + Send + 'static } => U;
        recurse_lent<U> where { F: FnMut(&T, &Next<T>) -> Result<U, E> + Send + 'static } => U;
    }

    stateful_operators! { Sealed:
        scan<U> where { A: Send, I: FnOnce() -> A + Send + 'static, F: FnMut(&mut A, T) -> Result<U, E> + Send + 'static } => U;
        scan_lent<U> where { A: Send, I: FnOnce() -> A + Send + 'static, F: FnMut(&mut A, &T) -> Result<U, E> + Send + 'static } => U;
        map_init<U> where { A: Send, I: FnOnce() -> A + Send + 'static, F: FnMut(&mut A, T) -> Result<U, E> + Send + 'static } => U;
        map_init_lent<U> where { A: Send, I: FnOnce() -> A + Send + 'static, F: FnMut(&mut A, &T) -> Result<U, E> + Send + 'static } => U;
        fold<> where { A: Send, I: FnOnce() -> A + Send + 'static, F: FnMut(A, T) -> Result<A, E> + Send + 'static } => A;
        fold_lent<> where { A: Send, I: FnOnce() -> A + Send + 'static, F: FnMut(A, &T) -> Result<A, E> + Send + 'static } => A;
        window<> where { A: Send, I: Fn() -> A + Send + 'static, F: FnMut(&mut A, T) -> Result<(), E> + Send + 'static } => A;
        window_lent<> where { A: Send, I: Fn() -> A + Send + 'static, F: FnMut(&mut A, &T) -> Result<(), E> + Send + 'static } => A;
        keyed_scan<U> where { A: Send, I: Fn() -> A + Send + 'static, F: FnMut(&mut A, T) -> Result<U, E> + Send + 'static } => U;
        keyed_scan_lent<U> where { A: Send, I: Fn() -> A + Send + 'static, F: FnMut(&mut A, &T) -> Result<U, E> + Send + 'static } => U;
        keyed_fold<> where { A: Send, I: Fn() -> A + Send + 'static, F: FnMut(A, T) -> Result<A, E> + Send + 'static } => A;
        keyed_fold_lent<> where { A: Send, I: Fn() -> A + Send + 'static, F: FnMut(A, &T) -> Result<A, E> + Send + 'static } => A;
    }
}

/// `async` closures of one task. They are borrowed while their bodies wait, and so what they capture must be `Sync`: that
/// is asked of the task, since of what is neither `Send` nor `Sync` the compiler would speak twice here.
pub mod serial_async {
    use super::super::Sealed;
    use super::{Items, Known, Next, items};

    operators! { Sealed:
        map<U> where { F: AsyncFnMut(T) -> Result<U, E> + Send + 'static } => U;
        map_lent<U> where { F: AsyncFnMut(&T) -> Result<U, E> + Send + 'static } => U;
        filter<> where { F: AsyncFnMut(&T) -> Result<bool, E> + Send + 'static } => T;
        filter_map<U> where { F: AsyncFnMut(T) -> Result<Option<U>, E> + Send + 'static } => U;
        filter_map_lent<U> where { F: AsyncFnMut(&T) -> Result<Option<U>, E> + Send + 'static } => U;
        flat_map<U> where { F: AsyncFnMut(T) -> Result<U, E> + Send + 'static } => U;
        flat_map_lent<U> where { F: AsyncFnMut(&T) -> Result<U, E> + Send + 'static } => U;
        inspect<> where { F: AsyncFnMut(&T) -> Result<(), E> + Send + 'static } => T;
        take_while<> where { F: AsyncFnMut(&T) -> Result<bool, E> + Send + 'static } => T;
        skip_while<> where { F: AsyncFnMut(&T) -> Result<bool, E> + Send + 'static } => T;
        route<U> where { F: AsyncFnMut(T) -> Result<U, E> + Send + 'static } => U;
        route_lent<U> where { F: AsyncFnMut(&T) -> Result<U, E> + Send + 'static } => U;
        for_each<> where { F: AsyncFnMut(T) -> Result<(), E> + Send + 'static } => ();
        for_each_lent<> where { F: AsyncFnMut(&T) -> Result<(), E> + Send + 'static } => ();
        reduce<> where { F: AsyncFnMut(T, T) -> Result<T, E> + Send + 'static } => T;
        recurse<U> where { F: AsyncFnMut(T, &Next<T>) -> Result<U, E> + Send + 'static } => U;
        recurse_lent<U> where { F: AsyncFnMut(&T, &Next<T>) -> Result<U, E> + Send + 'static } => U;
    }

    stateful_operators! { Sealed:
        scan<U> where { A: Send, I: FnOnce() -> A + Send + 'static, F: AsyncFnMut(&mut A, T) -> Result<U, E> + Send + 'static } => U;
        scan_lent<U> where { A: Send, I: FnOnce() -> A + Send + 'static, F: AsyncFnMut(&mut A, &T) -> Result<U, E> + Send + 'static } => U;
        map_init<U> where { A: Send, I: FnOnce() -> A + Send + 'static, F: AsyncFnMut(&mut A, T) -> Result<U, E> + Send + 'static } => U;
        map_init_lent<U> where { A: Send, I: FnOnce() -> A + Send + 'static, F: AsyncFnMut(&mut A, &T) -> Result<U, E> + Send + 'static } => U;
        fold<> where { A: Send, I: FnOnce() -> A + Send + 'static, F: AsyncFnMut(A, T) -> Result<A, E> + Send + 'static } => A;
        fold_lent<> where { A: Send, I: FnOnce() -> A + Send + 'static, F: AsyncFnMut(A, &T) -> Result<A, E> + Send + 'static } => A;
        window<> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFnMut(&mut A, T) -> Result<(), E> + Send + 'static } => A;
        window_lent<> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFnMut(&mut A, &T) -> Result<(), E> + Send + 'static } => A;
        keyed_scan<U> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFnMut(&mut A, T) -> Result<U, E> + Send + 'static } => U;
        keyed_scan_lent<U> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFnMut(&mut A, &T) -> Result<U, E> + Send + 'static } => U;
        keyed_fold<> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFnMut(A, T) -> Result<A, E> + Send + 'static } => A;
        keyed_fold_lent<> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFnMut(A, &T) -> Result<A, E> + Send + 'static } => A;
    }
}

/// `async` closures that several bodies in flight share, in one task. It is as with [`serial_async`].
pub mod in_flight {
    use super::super::Sealed;
    use super::{Items, Known, Next, items};

    operators! { Sealed:
        map<U> where { F: AsyncFn(T) -> Result<U, E> + Send + 'static } => U;
        map_lent<U> where { F: AsyncFn(&T) -> Result<U, E> + Send + 'static } => U;
        filter<> where { F: AsyncFn(&T) -> Result<bool, E> + Send + 'static } => T;
        filter_map<U> where { F: AsyncFn(T) -> Result<Option<U>, E> + Send + 'static } => U;
        filter_map_lent<U> where { F: AsyncFn(&T) -> Result<Option<U>, E> + Send + 'static } => U;
        flat_map<U> where { F: AsyncFn(T) -> Result<U, E> + Send + 'static } => U;
        flat_map_lent<U> where { F: AsyncFn(&T) -> Result<U, E> + Send + 'static } => U;
        inspect<> where { F: AsyncFn(&T) -> Result<(), E> + Send + 'static } => T;
        take_while<> where { F: AsyncFn(&T) -> Result<bool, E> + Send + 'static } => T;
        skip_while<> where { F: AsyncFn(&T) -> Result<bool, E> + Send + 'static } => T;
        route<U> where { F: AsyncFn(T) -> Result<U, E> + Send + 'static } => U;
        route_lent<U> where { F: AsyncFn(&T) -> Result<U, E> + Send + 'static } => U;
        for_each<> where { F: AsyncFn(T) -> Result<(), E> + Send + 'static } => ();
        for_each_lent<> where { F: AsyncFn(&T) -> Result<(), E> + Send + 'static } => ();
        reduce<> where { F: AsyncFn(T, T) -> Result<T, E> + Send + 'static } => T;
        recurse<U> where { F: AsyncFn(T, &Next<T>) -> Result<U, E> + Send + 'static } => U;
        recurse_lent<U> where { F: AsyncFn(&T, &Next<T>) -> Result<U, E> + Send + 'static } => U;
    }

    stateful_operators! { Sealed:
        scan<U> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFn(&mut A, T) -> Result<U, E> + Send + 'static } => U;
        scan_lent<U> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFn(&mut A, &T) -> Result<U, E> + Send + 'static } => U;
        window<> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFn(&mut A, T) -> Result<(), E> + Send + 'static } => A;
        window_lent<> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFn(&mut A, &T) -> Result<(), E> + Send + 'static } => A;
        map_init<U> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFn(&mut A, T) -> Result<U, E> + Send + 'static } => U;
        map_init_lent<U> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFn(&mut A, &T) -> Result<U, E> + Send + 'static } => U;
        fold<> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFn(A, T) -> Result<A, E> + Send + 'static } => A;
        fold_lent<> where { A: Send, I: Fn() -> A + Send + 'static, F: AsyncFn(A, &T) -> Result<A, E> + Send + 'static } => A;
    }
}

/// Closures that several workers share.
pub mod shared {
    use super::super::{If, SealedShared};
    use super::{Items, Known, Next, items};

    shared_operators! {
        map<U> where { F: Fn(T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        map_lent<U> where { F: Fn(&T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        filter<> where { F: Fn(&T) -> Result<bool, E> + If<S, Sound: Send + Sync + 'static> } => T;
        filter_map<U> where { F: Fn(T) -> Result<Option<U>, E> + If<S, Sound: Send + Sync + 'static> } => U;
        filter_map_lent<U> where { F: Fn(&T) -> Result<Option<U>, E> + If<S, Sound: Send + Sync + 'static> } => U;
        flat_map<U> where { F: Fn(T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        flat_map_lent<U> where { F: Fn(&T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        inspect<> where { F: Fn(&T) -> Result<(), E> + If<S, Sound: Send + Sync + 'static> } => T;
        take_while<> where { F: Fn(&T) -> Result<bool, E> + If<S, Sound: Send + Sync + 'static> } => T;
        skip_while<> where { F: Fn(&T) -> Result<bool, E> + If<S, Sound: Send + Sync + 'static> } => T;
        route<U> where { F: Fn(T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        route_lent<U> where { F: Fn(&T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        for_each<> where { F: Fn(T) -> Result<(), E> + If<S, Sound: Send + Sync + 'static> } => ();
        for_each_lent<> where { F: Fn(&T) -> Result<(), E> + If<S, Sound: Send + Sync + 'static> } => ();
        reduce<> where { F: Fn(T, T) -> Result<T, E> + If<S, Sound: Send + Sync + 'static> } => T;
        recurse<U> where { F: Fn(T, &Next<T>) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        recurse_lent<U> where { F: Fn(&T, &Next<T>) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
    }

    shared_stateful_operators! {
        scan<U> where { A: Send, F: Fn(&mut A, T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        scan_lent<U> where { A: Send, F: Fn(&mut A, &T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        window<> where { A: Send, F: Fn(&mut A, T) -> Result<(), E> + If<S, Sound: Send + Sync + 'static> } => A;
        window_lent<> where { A: Send, F: Fn(&mut A, &T) -> Result<(), E> + If<S, Sound: Send + Sync + 'static> } => A;
        map_init<U> where { A: Send, F: Fn(&mut A, T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        map_init_lent<U> where { A: Send, F: Fn(&mut A, &T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        fold<> where { A: Send, F: Fn(A, T) -> Result<A, E> + If<S, Sound: Send + Sync + 'static> } => A;
        fold_lent<> where { A: Send, F: Fn(A, &T) -> Result<A, E> + If<S, Sound: Send + Sync + 'static> } => A;
    }
}

/// `async` closures that several workers share.
pub mod shared_async {
    use super::super::{If, SealedShared};
    use super::{Items, Known, Next, items};

    shared_operators! {
        map<U> where { F: AsyncFn(T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        map_lent<U> where { F: AsyncFn(&T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        filter<> where { F: AsyncFn(&T) -> Result<bool, E> + If<S, Sound: Send + Sync + 'static> } => T;
        filter_map<U> where { F: AsyncFn(T) -> Result<Option<U>, E> + If<S, Sound: Send + Sync + 'static> } => U;
        filter_map_lent<U> where { F: AsyncFn(&T) -> Result<Option<U>, E> + If<S, Sound: Send + Sync + 'static> } => U;
        flat_map<U> where { F: AsyncFn(T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        flat_map_lent<U> where { F: AsyncFn(&T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        inspect<> where { F: AsyncFn(&T) -> Result<(), E> + If<S, Sound: Send + Sync + 'static> } => T;
        take_while<> where { F: AsyncFn(&T) -> Result<bool, E> + If<S, Sound: Send + Sync + 'static> } => T;
        skip_while<> where { F: AsyncFn(&T) -> Result<bool, E> + If<S, Sound: Send + Sync + 'static> } => T;
        route<U> where { F: AsyncFn(T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        route_lent<U> where { F: AsyncFn(&T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        for_each<> where { F: AsyncFn(T) -> Result<(), E> + If<S, Sound: Send + Sync + 'static> } => ();
        for_each_lent<> where { F: AsyncFn(&T) -> Result<(), E> + If<S, Sound: Send + Sync + 'static> } => ();
        reduce<> where { F: AsyncFn(T, T) -> Result<T, E> + If<S, Sound: Send + Sync + 'static> } => T;
        recurse<U> where { F: AsyncFn(T, &Next<T>) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        recurse_lent<U> where { F: AsyncFn(&T, &Next<T>) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
    }

    shared_stateful_operators! {
        scan<U> where { A: Send, F: AsyncFn(&mut A, T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        scan_lent<U> where { A: Send, F: AsyncFn(&mut A, &T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        window<> where { A: Send, F: AsyncFn(&mut A, T) -> Result<(), E> + If<S, Sound: Send + Sync + 'static> } => A;
        window_lent<> where { A: Send, F: AsyncFn(&mut A, &T) -> Result<(), E> + If<S, Sound: Send + Sync + 'static> } => A;
        map_init<U> where { A: Send, F: AsyncFn(&mut A, T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        map_init_lent<U> where { A: Send, F: AsyncFn(&mut A, &T) -> Result<U, E> + If<S, Sound: Send + Sync + 'static> } => U;
        fold<> where { A: Send, F: AsyncFn(A, T) -> Result<A, E> + If<S, Sound: Send + Sync + 'static> } => A;
        fold_lent<> where { A: Send, F: AsyncFn(A, &T) -> Result<A, E> + If<S, Sound: Send + Sync + 'static> } => A;
    }
}

/// The type of a variable named like `N` that the closure `F` takes, and nothing else, after something else has taken it.
#[diagnostic::on_unimplemented(
    message = "`{N}` is moved twice, and `{Self}` is not `Copy`",
    label = "moved again here: sources and closures take what they name",
    note = "give each of them a clone: `clone {N};`"
)]
pub trait Again<N, F> {}

/// The closure is `Copy` if the variable is, and also if it is a `static`, which no closure takes.
#[diagnostic::do_not_recommend]
impl<N, T, F: Copy> Again<N, F> for T {}

/// Asks this.
pub trait Moved<N, T>: Sized {
    /// The closure takes the variable.
    fn again<F>(self, _: F)
    where
        T: Again<N, F>,
    {
    }
}

impl<N, T> Moved<N, T> for Items<(N, T)> {}

/// `keyed`
pub fn keyed<T, K, F>(_: Items<T>, f: F) -> (F, Items<K>)
where
    F: Fn(&T) -> K + Send + Sync + 'static,
{
    (f, items())
}

/// `unique = |x| key`
pub fn unique<T, K, F>(_: Items<T>, f: F) -> (F, Items<K>)
where
    F: Fn(&T) -> K + Send + Sync + 'static,
{
    (f, items())
}

/// `when = |e| …` of `retry`
pub fn when<X, F>(_: Errors<X>, f: F) -> F
where
    F: Fn(&X) -> bool + Send + Sync + 'static,
{
    f
}

/// `after = |e| …` of `retry`
pub fn after<X, F>(_: Errors<X>, f: F) -> F
where
    F: Fn(&X) -> Option<Duration> + Send + Sync + 'static,
{
    f
}

/// `on_error(|e| …)`
pub fn on_error<X, F>(_: Errors<X>, f: F) -> Decide<X>
where
    F: Fn(&X) -> OnError + Send + Sync + 'static,
{
    Decide::new(f)
}

/// A part of a `merge` that is wrapped as it enters.
pub fn wrapped<T, U, F: FnMut(T) -> U + Send + 'static>(_: Items<T>, wrap: F) -> (F, Items<U>) {
    (wrap, items())
}

/// The tail, over the sinks' values.
pub fn tail<V, O: Known, F: FnOnce(V) -> O + Send + 'static, S>(
    sound: S,
    _: Items<V>,
    tail: F,
) -> (Sealed<F>, Items<O>, O::With<S>) {
    (Sealed::new(tail), items(), O::with(sound))
}

/// Something that outlives all: what has it as a parameter knows so of `A`.
pub struct Lasting<A: 'static>(A);

/// What starts a pipeline, with all types that go through it: here it is asked of them that they borrow nothing, and
/// nowhere else, since the compiler would speak at each place.
pub fn start<E, A, O, F>(_: Errors<E>, items: A, start: F) -> impl FnOnce(&Launch<E>) -> Finish<O> + Send + 'static
where
    A: Send + 'static,
    F: FnOnce(&Launch<E>, Lasting<A>) -> Finish<O> + Send + 'static,
{
    move |launch| start(launch, Lasting(items))
}

/// As [`start`], of an open pipeline.
pub fn start_open<I, O, E, A, F>(
    _: Errors<E>,
    (_, _): (Items<I>, Items<O>),
    items: A,
    start: F,
) -> impl FnOnce(&Launch<E>, Receiver<I>, Sender<O>) + Send + 'static
where
    A: Send + 'static,
    F: FnOnce(&Launch<E>, Receiver<I>, Sender<O>, Lasting<A>) + Send + 'static,
{
    move |launch, input, output| start(launch, input, output, Lasting(items))
}
