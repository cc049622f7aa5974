//! What is asked of the values of a `flat_map`.

use futures_util::Stream;

use super::{Items, Question, items};
use crate::stage::parts_kinds as kinds;

/// How the values of a `flat_map` are taken apart.
#[diagnostic::on_unimplemented(
    message = "`flat_map` cannot take a `{Self}` apart",
    label = "this closure gives a `{Self}`",
    note = "it gives what a source accepts, like a `Vec`, an iterator or a `Stream`; for an `Option` there is `filter_map`"
)]
pub trait Parted<K, Q> {
    /// A part.
    type Part;
    /// A [`Sound`](super::Sound) pipeline with it.
    type With<X>;

    /// It can be.
    fn with<X>(sound: X) -> Self::With<X>;
}

impl<S: Stream + Send> Parted<kinds::Stream, Question> for S {
    type Part = S::Item;
    type With<X> = X;

    fn with<X>(sound: X) -> X {
        sound
    }
}

impl<S: IntoIterator<IntoIter: Send>> Parted<kinds::Iterable, Question> for S {
    type Part = S::Item;
    type With<X> = X;

    fn with<X>(sound: X) -> X {
        sound
    }
}

impl<K, T> Items<(K, T)> {
    /// The parts of what a `flat_map` gives, of this kind.
    pub fn parts<Q, S>(self, sound: S, _: Q) -> (Items<T::Part>, T::With<S>)
    where
        T: Parted<K, Q>,
    {
        (items(), T::with(sound))
    }
}
