//! What generated code asks of items and closures, and how item types find their way through it.
//!
//! A closure's parameter types are inferred from the function that it is passed to. Generated code passes each closure
//! of a chain to one of the functions here, together with an [`Items`] that says what comes, and gets another that says
//! what goes; so no closure needs an annotation, and what is wrong is an error at the user's own words.
//!
//! A function that asks for something takes a [`Sound`] and hands it on through a type that is known only if the answer
//! is yes. The compiler is silent about what is built on it otherwise, and so a mistake is reported once.
//!
//! The names here occur in the compiler's messages. They are nobody's to use all the same.

mod block;
mod closures;
mod ends;
mod items;
mod parts;
mod sealed;
mod sharing;

use std::marker::PhantomData;

pub use block::{Stands, block, expected};
pub use closures::*;
pub use ends::*;
pub use items::*;
pub use parts::{Parted, RefusedParts};
pub use sealed::{Sealed, SealedShared};
pub use sharing::*;

pub use crate::failure::{ErrorProbe, ErrorType, Failing, RefusedError, ViewAsError, ViewBehindPointer, ViewOfNoError};
pub use crate::launch::Launch;
pub use crate::policy::OnError;
pub use crate::settings::{Count, Factor, Ratio, Settings};

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

impl<E> Errors<E> {
    /// The value, of a pipeline with such an error.
    pub fn of<T>(self, value: T) -> T {
        value
    }
}

/// The pipeline's error type.
pub const fn errors<E>() -> Errors<E> {
    Errors(PhantomData)
}

/// What a statement fails with in which policies may fail an item.
pub const fn failed<E>(_: Errors<E>) -> Errors<crate::Failed<E>> {
    Errors(PhantomData)
}

/// A value's clone, for a closure of its own.
pub fn cloned<T: Clone>(value: &T) -> T {
    value.clone()
}

/// All that was asked so far is met.
#[derive(Clone, Copy)]
pub struct Sound;

/// A value of which something is asked if all that was asked before is met. Of what never is known nothing is asked.
pub trait If<S> {
    /// It.
    type Sound;

    /// It.
    fn sound(self) -> Self::Sound;
}

impl<T> If<Sound> for T {
    type Sound = T;

    fn sound(self) -> T {
        self
    }
}

/// What no pipeline ever is: with it the compiler does not take a pipeline of which nothing is known for a sound one.
pub enum Unsound {}

impl<T> If<Unsound> for T {
    type Sound = T;

    fn sound(self) -> T {
        self
    }
}

impl Sound {
    /// The same, by now.
    pub fn known(self) -> Self {
        self
    }

    /// The value, of a pipeline that is sound.
    pub fn of<T>(self, value: T) -> T {
        value
    }

    /// The items, of a pipeline of which all is known that was asked before.
    pub fn about<T>(self, items: Items<T>) -> Items<T> {
        items
    }
}
