//! What runs a stage: the pieces from which generated task code is put together.

mod batch;
mod blocking;
mod crew;
mod finish;
mod forward;
mod generator;
mod hand;
mod idle;
mod in_flight;
mod inline_source;
mod keyed;
mod output;
mod pace;
mod park;
mod parts;
mod process;
mod recurse;
mod results;
mod retried;
mod route;
mod sink;
mod source;
mod state;
mod stretch;
mod task;
mod window;

use std::task::{Context, Poll};
use std::vec;

use futures_util::future::BoxFuture;

use crate::edge::Rank;

pub use batch::{Batch, KeyedBatch};
pub use blocking::{on_blocking_threads, on_one_thread};
pub use crew::{Crew, Turn};
pub use finish::Begun;
pub(crate) use finish::Overrun;
pub use forward::{Forward, ForwardKind, ForwardProbe, ToChannel, ToSink};
pub use generator::{BlockingOutput, Generator};
pub use hand::Load;
pub use idle::IdleStates;
pub use in_flight::{Arrival, Arrivals, Starts, in_flight, in_flight_keyed};
pub use inline_source::SourceInlet;
pub(crate) use inline_source::Way;
pub use keyed::Keyed;
pub use output::Output;
pub(crate) use pace::Pace;
pub use park::{Park, park};
pub(crate) use parts::kinds as parts_kinds;
pub use parts::{Parts, PartsKind, PartsProbe, Pull, Unknown as UnknownParts, Whole};
pub use process::{Input, process_ends};
pub use recurse::{Next, recurse, unique};
pub use results::Results;
pub(crate) use retried::on_a_thread_each;
pub use retried::{RetriedGenerator, RetriedSource};
pub use route::{Branch, Skipped};
pub use sink::SinkValue;
pub(crate) use source::kinds;
pub use source::{Out, SourceKind, SourceProbe};
pub use state::{extend, is_repeated, key_of, key_of_ok, per_key, share_of, state_of, workers_in_flight};
pub use stretch::{Account, AtHand, Pause};
pub use task::{Fate, Held, More, Place, Task};
pub use window::{KeyedWindows, Windows};

/// Items that are at hand.
pub trait Supply {
    /// What they are.
    type Item;

    /// The next item. There may be none although [`poll_more`](Inlet::poll_more) told of one: then there was nothing to
    /// be done with it, and it is asked again.
    fn pop(&mut self) -> Option<Self::Item>;

    /// Lends out what can be gone through without asking for each item, if there is such a thing. All of it that was not
    /// taken [comes back](Self::give_back).
    fn lend(&mut self) -> vec::IntoIter<Self::Item> {
        Vec::new().into_iter()
    }

    /// Takes back what is left of what was lent out.
    fn give_back(&mut self, _left: vec::IntoIter<Self::Item>) {}
}

/// Where a stage's items come from.
pub trait Inlet: Park + Supply {
    /// Waits until an item is at hand (`true`) or the input has ended (`false`). Nothing is lost if the wait is dropped.
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<bool>;
}

impl<I: Supply + ?Sized> Supply for Box<I> {
    type Item = I::Item;

    fn pop(&mut self) -> Option<I::Item> {
        (**self).pop()
    }

    fn lend(&mut self) -> vec::IntoIter<I::Item> {
        (**self).lend()
    }

    fn give_back(&mut self, left: vec::IntoIter<I::Item>) {
        (**self).give_back(left);
    }
}

impl<I: Inlet + ?Sized> Inlet for Box<I> {
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        (**self).poll_more(cx)
    }
}

impl<I: Park + ?Sized> Park for Box<I> {
    fn before_park(&mut self) {
        (**self).before_park();
    }

    fn deliveries(&self, deliveries: &mut Vec<BoxFuture<'static, ()>>) {
        (**self).deliveries(deliveries);
    }
}

/// Where a stage's results go. The parts about units are for workers that keep the order; elsewhere they do nothing.
pub trait Outlet: Park {
    /// What follows belongs to `unit`.
    fn begin_unit(&mut self, _unit: u64) {}

    /// The unit is complete: what it gave is there for whoever delivers it when its turn has come.
    fn deposit(&mut self) {}

    /// Delivers what has its turn. Several outputs do so side by side, for a join behind them may need all at once.
    fn deliver(&mut self) -> impl Future<Output = ()> + Send {
        async {}
    }

    /// Waits until all units before this one have been delivered, and delivers what this one has given so far.
    fn flush_in_turn(&mut self) -> impl Future<Output = ()> + Send {
        async {}
    }

    /// The input has ended, and what follows is flushed in the order of its rank among all workers.
    fn at_end(&mut self, _rank: Rank) {}

    /// All is done: the owner closes, with workers the last one.
    fn finish(&mut self) -> impl Future<Output = ()> + Send;
}

/// The outputs of a sink.
impl Outlet for () {
    async fn finish(&mut self) {}
}

impl Park for () {
    fn before_park(&mut self) {}
}

macro_rules! tuples {
    ($($name:ident $index:tt),+) => {
        impl<$($name: Park),+> Park for ($(&mut $name,)+) {
            fn before_park(&mut self) {
                $(self.$index.before_park();)+
            }

            fn deliveries(&self, deliveries: &mut Vec<BoxFuture<'static, ()>>) {
                $(self.$index.deliveries(deliveries);)+
            }
        }

        impl<$($name: Outlet),+> Outlet for ($(&mut $name,)+) {
            fn begin_unit(&mut self, unit: u64) {
                $(self.$index.begin_unit(unit);)+
            }

            fn deposit(&mut self) {
                $(self.$index.deposit();)+
            }

            async fn deliver(&mut self) {
                tokio::join!($(self.$index.deliver()),+);
            }

            async fn flush_in_turn(&mut self) {
                tokio::join!($(self.$index.flush_in_turn()),+);
            }

            fn at_end(&mut self, rank: Rank) {
                $(self.$index.at_end(rank);)+
            }

            async fn finish(&mut self) {
                tokio::join!($(self.$index.finish()),+);
            }
        }
    };
}

tuples!(A 0);
tuples!(A 0, B 1);
tuples!(A 0, B 1, C 2);
tuples!(A 0, B 1, C 2, D 3);
tuples!(A 0, B 1, C 2, D 3, F 4);
tuples!(A 0, B 1, C 2, D 3, F 4, G 5);
tuples!(A 0, B 1, C 2, D 3, F 4, G 5, H 6);
tuples!(A 0, B 1, C 2, D 3, F 4, G 5, H 6, I 7);
tuples!(A 0, B 1, C 2, D 3, F 4, G 5, H 6, I 7, J 8);
tuples!(A 0, B 1, C 2, D 3, F 4, G 5, H 6, I 7, J 8, K 9);
tuples!(A 0, B 1, C 2, D 3, F 4, G 5, H 6, I 7, J 8, K 9, L 10);
tuples!(A 0, B 1, C 2, D 3, F 4, G 5, H 6, I 7, J 8, K 9, L 10, M 11);
