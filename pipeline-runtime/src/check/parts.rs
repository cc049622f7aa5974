//! What is asked of the values of a `flat_map`.

use futures_util::Stream;

use super::{Items, items};
use crate::stage::parts_kinds as kinds;

/// How the values of a `flat_map` are taken apart.
#[diagnostic::on_unimplemented(
    message = "`flat_map` cannot take a `{S}` apart",
    label = "this closure gives a `{S}`",
    note = "it gives what a source accepts, like a `Vec`, an iterator or a `Stream`; for an `Option` there is `filter_map`"
)]
pub trait Parted<S> {
    /// A part.
    type Part;
    /// A [`Sound`](super::Sound) pipeline with it.
    type With<X>;

    /// It can be.
    fn with<X>(sound: X) -> Self::With<X>;
}

impl<S: Stream + Send> Parted<S> for kinds::Stream {
    type Part = S::Item;
    type With<X> = X;

    fn with<X>(sound: X) -> X {
        sound
    }
}

impl<S: IntoIterator<IntoIter: Send>> Parted<S> for kinds::Iterable {
    type Part = S::Item;
    type With<X> = X;

    fn with<X>(sound: X) -> X {
        sound
    }
}

/// The parts of what a `flat_map` gives.
pub fn parts<K: Parted<S>, S, X>(sound: X, _: K, _: Items<S>) -> (Items<K::Part>, K::With<X>) {
    (items(), K::with(sound))
}
