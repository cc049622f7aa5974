//! What is asked of the values of a `flat_map`.

use futures_util::Stream;

use super::{Items, items};
use crate::stage::{UnknownParts as Unknown, parts_kinds as kinds};

impl<T: Stream + Send> Items<(kinds::Stream, T)> {
    /// The parts.
    pub fn parts<S>(self, sound: S) -> (Items<T::Item>, S) {
        (items(), sound)
    }
}

impl<T: IntoIterator> Items<(kinds::Iterable, T)> {
    /// The parts.
    pub fn parts<S>(self, sound: S) -> (Items<T::Item>, S) {
        (items(), sound)
    }
}

impl Items<(kinds::Unknown, Unknown)> {
    /// Of any type.
    pub fn parts<T, S>(self, sound: S) -> (Items<T>, S) {
        (items(), sound)
    }
}

/// What has parts: nothing that the compiler asks this of.
#[diagnostic::on_unimplemented(
    message = "`flat_map` cannot take a `{Self}` apart",
    label = "this closure gives a `{Self}`",
    note = "it gives what a source accepts, like a `Vec`, an iterator or a `Stream`; for an `Option` there is `filter_map`"
)]
pub trait Parted {
    /// A part.
    type Part;
    /// A pipeline that is not [`Sound`](super::Sound).
    type With<S>;

    /// There is none.
    fn with<S>(sound: S) -> Self::With<S>;
}

/// The answer for what has no parts.
pub trait RefusedParts<T>: Sized {
    /// There are none.
    fn parts<S>(self, sound: S) -> (Items<T::Part>, T::With<S>)
    where
        T: Parted,
    {
        (items(), T::with(sound))
    }
}

impl<T> RefusedParts<T> for Items<(kinds::NoSource, T)> {}
