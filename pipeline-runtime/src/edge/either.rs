//! A sender of either kind, for outputs some of which may be lossy.

use std::sync::Arc;

use super::{LossySender, Push, Sender};
use crate::core::EdgeMeter;
use crate::stage::{Outlet, Park};

/// Pushes items into an edge that makes its producer wait, or into one that drops.
pub enum EitherSender<T> {
    /// Into an edge that makes its producer wait.
    Bounded(Sender<T>),
    /// Into one that drops.
    Lossy(LossySender<T>),
}

impl<T> From<Sender<T>> for EitherSender<T> {
    fn from(sender: Sender<T>) -> Self {
        Self::Bounded(sender)
    }
}

impl<T> From<LossySender<T>> for EitherSender<T> {
    fn from(sender: LossySender<T>) -> Self {
        Self::Lossy(sender)
    }
}

impl<T> EitherSender<T> {
    /// As the sender of an edge that may be lossy.
    pub fn of(sender: impl Into<Self>) -> Self {
        sender.into()
    }

    /// Publish each item from now on; a lossy edge always does.
    pub fn eager(self) -> Self {
        match self {
            Self::Bounded(sender) => Self::Bounded(sender.eager()),
            lossy @ Self::Lossy(_) => lossy,
        }
    }

    /// A further owner of the same edge: it ends when all of them have finished.
    pub fn share(&mut self) -> Self {
        match self {
            Self::Bounded(sender) => Self::Bounded(sender.share()),
            Self::Lossy(sender) => Self::Lossy(sender.share()),
        }
    }

    /// One owner fewer: the workers have their shares, and the original is not needed any more.
    pub fn retire(mut self) {
        self.end();
    }

    pub(crate) fn meter(&self) -> &Arc<EdgeMeter> {
        match self {
            Self::Bounded(sender) => &sender.shared().meter,
            Self::Lossy(sender) => sender.meter(),
        }
    }

    /// All has been pushed: the owner closes, once.
    pub(crate) fn end(&mut self) {
        match self {
            Self::Bounded(sender) => sender.end(),
            Self::Lossy(sender) => sender.end(),
        }
    }
}

impl<T: Send> Park for EitherSender<T> {
    fn before_park(&mut self) {
        match self {
            Self::Bounded(sender) => sender.before_park(),
            Self::Lossy(sender) => sender.before_park(),
        }
    }
}

impl<T: Send> Outlet for EitherSender<T> {
    async fn finish(&mut self) {
        self.end();
    }
}

impl<T: Send> Push for EitherSender<T> {
    type Item = T;

    #[inline]
    fn has_room(&self) -> bool {
        match self {
            Self::Bounded(sender) => sender.has_room(),
            Self::Lossy(sender) => sender.has_room(),
        }
    }

    async fn room(&mut self) {
        match self {
            Self::Bounded(sender) => sender.room().await,
            Self::Lossy(sender) => Push::room(sender).await,
        }
    }

    /// One after the other, as all workers do it: see [`Sender`].
    async fn room_in_all(outputs: &mut [Self]) {
        outputs.iter_mut().for_each(Self::before_park);
        for output in outputs {
            output.room().await;
        }
    }

    #[inline]
    fn push(&mut self, item: T) {
        match self {
            Self::Bounded(sender) => sender.push(item),
            Self::Lossy(sender) => sender.push(item),
        }
    }
}
