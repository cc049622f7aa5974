//! `tee`: one item into several edges.

use futures_util::future::{BoxFuture, join_all};

use super::Rank;
use super::ordered::Ordered;
use crate::stage::{Outlet, Park};

/// An output that items are pushed into.
pub trait Push: Outlet {
    /// What is pushed.
    type Item;

    /// Whether an item may be pushed without waiting.
    fn has_room(&self) -> bool;

    /// Waits until an item may be pushed.
    fn room(&mut self) -> impl Future<Output = ()> + Send;

    /// Waits until an item may be pushed into each of `outputs`.
    fn room_in_all(outputs: &mut [Self]) -> impl Future<Output = ()> + Send
    where
        Self: Sized;

    /// Pushes an item, for which there is room.
    fn push(&mut self, item: Self::Item);
}

/// The branches of a `tee`.
pub struct Tee<O> {
    branches: Vec<O>,
}

/// An output that items are pushed into at a stretch just as one by one.
pub struct Pushing<'a, O>(&'a mut O);

impl<O: Push<Item: Clone>> Pushing<'_, Tee<O>> {
    /// Whether an item may be pushed without waiting.
    #[inline]
    pub fn has_room(&mut self) -> bool {
        self.0.has_room()
    }

    /// Pushes an item, for which there is room.
    #[inline]
    pub fn push(&mut self, item: O::Item) {
        self.0.push(item);
    }
}

impl<T: Send> Pushing<'_, Ordered<T>> {
    /// Whether an item may be pushed without waiting.
    #[inline]
    pub fn has_room(&mut self) -> bool {
        self.0.has_room()
    }

    /// Pushes an item, for which there is room.
    #[inline]
    pub fn push(&mut self, item: T) {
        self.0.push(item);
    }
}

impl<T> Ordered<T> {
    /// For items that are pushed at a stretch.
    pub fn fill(&mut self) -> Pushing<'_, Self> {
        Pushing(self)
    }
}

impl<O> Tee<O> {
    /// For items that are pushed at a stretch.
    pub fn fill(&mut self) -> Pushing<'_, Self> {
        Pushing(self)
    }

    /// The branches in the order in which they were declared.
    pub fn new(branches: Vec<O>) -> Self {
        Self { branches }
    }

    /// Whether each branch takes an item without waiting.
    #[inline]
    pub fn has_room(&self) -> bool
    where
        O: Push,
    {
        self.branches.iter().all(O::has_room)
    }

    /// Waits until each branch takes an item.
    pub async fn room(&mut self)
    where
        O: Push,
    {
        O::room_in_all(&mut self.branches).await;
    }

    /// Pushes the item into each branch.
    pub fn push(&mut self, item: O::Item)
    where
        O: Push<Item: Clone>,
    {
        if let Some((last, others)) = self.branches.split_last_mut() {
            for branch in others {
                branch.push(item.clone());
            }
            last.push(item);
        }
    }
}

impl<O: Park> Park for Tee<O> {
    fn before_park(&mut self) {
        self.branches.iter_mut().for_each(O::before_park);
    }

    fn deliveries(&self, deliveries: &mut Vec<BoxFuture<'static, ()>>) {
        self.branches.iter().for_each(|branch| branch.deliveries(deliveries));
    }
}

impl<O: Outlet> Outlet for Tee<O> {
    fn begin_unit(&mut self, unit: u64) {
        self.branches.iter_mut().for_each(|branch| branch.begin_unit(unit));
    }

    fn deposit(&mut self) {
        self.branches.iter_mut().for_each(O::deposit);
    }

    async fn deliver(&mut self) {
        join_all(self.branches.iter_mut().map(O::deliver)).await;
    }

    async fn flush_in_turn(&mut self) {
        join_all(self.branches.iter_mut().map(O::flush_in_turn)).await;
    }

    fn at_end(&mut self, rank: Rank) {
        self.branches.iter_mut().for_each(|branch| branch.at_end(rank));
    }

    async fn finish(&mut self) {
        join_all(self.branches.iter_mut().map(O::finish)).await;
    }
}
