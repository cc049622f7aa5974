//! Up to n bodies of one stage at once, in one task.
//!
//! The stage has two halves: the first starts bodies ([`Starts`]), the second takes what comes of them ([`Arrivals`]), in the
//! order of their start unless that was given up. Between them are the [`Flights`], which poll both halves and the bodies
//! in turns. So bodies go on while either half waits, and nothing of this has two threads at once: what passes between
//! the three goes through rings without locks.
//!
//! A body has two parts: a future, and what it comes to, which gives what arrives: one item, or for `flat_map` the parts
//! of one. What is allocated for it, its waker and its memory, serves one body after the other: an item costs no
//! allocation.

mod flights;
mod slot;
mod wakes;

use std::collections::HashMap;
use std::future::poll_fn;
use std::hash::Hash;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::*};
use std::task::Poll;

use rtrb::{Consumer, Producer, RingBuffer};

use super::hand::Home;
use super::task::Task;
use super::{Held, Load, Park, Parts, Turn, park};

pub use flights::Flights;

/// What is under way between a half and the bodies, at the most: it is passed on whenever a half waits.
const RING: usize = 64;

/// What arrives at the second half of the stage.
pub enum Arrival<T, J, K> {
    /// What an item's body gave, and the item's key.
    Item(Load, K, T),
    /// An item was rejected before it had a body.
    Rejected(Load, J),
    /// An item failed the run before it had a body.
    Failed(Load, Held),
    /// The place in the order of what follows.
    Turn(Turn),
}

impl<T, J, K> Arrival<T, J, K> {
    /// Nobody takes it.
    fn discard(self, home: &Home) {
        match self {
            Self::Item(load, ..) | Self::Rejected(load, _) | Self::Failed(load, _) => load.discard(home),
            Self::Turn(_) => {}
        }
    }
}

/// A body.
pub trait Body: Future<Output = Result<Self::Parts, Self::Error>> {
    /// What it comes to.
    type Parts: Parts;
    /// What it fails with.
    type Error;
}

impl<F, P, X> Body for F
where
    F: Future<Output = Result<P, X>>,
    P: Parts,
{
    type Parts = P;
    type Error = X;
}

/// What a body gives: an item or an error.
type Given<F> = Result<<<F as Body>::Parts as Parts>::Item, <F as Body>::Error>;

/// What is next.
type Arrived<F, J, K> = Arrival<Given<F>, J, K>;

/// The memory of a body. It goes round: a body that moves would cost more than all else here.
type Seat<F> = Pin<Box<Option<F>>>;

/// What the first half of a stage starts.
enum Start<F, J, K> {
    Body(Load, K, Seat<F>),
    Rejected(Load, J),
    Failed(Load, Held),
    Turn(Turn),
}

/// The parts of a stage with bodies in flight.
type InFlight<F, J, K> = (Starts<F, J, K>, Arrivals<F, J, K>, Flights<F, J, K>);

/// Places for `limit` bodies.
pub fn in_flight<E, F: Body, J>(task: &Task<E>, limit: usize, ordered: bool) -> InFlight<F, J, ()> {
    build(task, limit, ordered, None)
}

/// As [`in_flight`], those of one key one after the other. One that waits for its turn has a place too.
pub fn in_flight_keyed<E, F, J, K>(task: &Task<E>, limit: usize, ordered: bool) -> InFlight<F, J, K>
where
    F: Body,
    K: Hash + Eq + Clone,
{
    build(task, limit, ordered, Some(HashMap::new()))
}

fn build<E, F: Body, J, K>(
    task: &Task<E>,
    limit: usize,
    ordered: bool,
    lines: Option<flights::Lines<K>>,
) -> InFlight<F, J, K> {
    let ring = limit.clamp(1, RING);
    let (to_bodies, starts) = RingBuffer::new(ring);
    let (spare, from_bodies) = RingBuffer::new(ring);
    let (arrivals, to_second) = RingBuffer::new(ring);
    let places = Arc::new(AtomicU64::new(limit as u64));
    let flights = Flights::new(task.home(), starts, spare, places.clone(), arrivals, ordered, lines);
    let starts = Starts { ring: to_bodies, spare: from_bodies, places, taken: 0, closed: false };
    (starts, Arrivals { ring: to_second, home: task.home() }, flights)
}

/// Adds to a ring that has room.
#[inline]
fn push<T>(ring: &mut Producer<T>, item: T) {
    let pushed = ring.push(item);
    debug_assert!(pushed.is_ok(), "no room in the ring");
}

/// Where the first half starts bodies.
pub struct Starts<F, J, K> {
    ring: Producer<Start<F, J, K>>,
    spare: Consumer<Seat<F>>,
    /// How many places may be taken in all.
    places: Arc<AtomicU64>,
    taken: u64,
    /// Nothing is started any more.
    closed: bool,
}

impl<F, J, K> Starts<F, J, K> {
    /// Whether there is a place for a body.
    #[inline]
    pub fn has_room(&self) -> bool {
        self.taken < self.places.load(Relaxed) && !self.closed && !self.ring.is_full()
    }

    /// Waits for a place.
    pub async fn room(&mut self) {
        // Whatever happens, both halves are polled after it: no waker is kept.
        let starts = self;
        poll_fn(move |_| if starts.has_room() { Poll::Ready(()) } else { Poll::Pending }).await;
    }

    /// Starts a body, for which there is a place.
    #[inline]
    pub fn start(&mut self, load: Load, key: K, body: F) {
        let mut seat = self.spare.pop().unwrap_or_else(|_| Box::pin(None));
        seat.set(Some(body));
        self.take_place(Start::Body(load, key, seat));
    }

    /// An item is rejected without a body, for which there is a place: it arrives where its turn in the order is.
    pub fn reject(&mut self, load: Load, rejected: J) {
        self.take_place(Start::Rejected(load, rejected));
    }

    /// An item fails the run without a body: it arrives where its turn in the order is, and nothing is started after it.
    pub async fn fail(&mut self, load: Load, error: Held) {
        self.room_in_ring().await;
        self.take_place(Start::Failed(load, error));
        self.closed = true;
    }

    /// What follows has this place in the order.
    pub async fn turn(&mut self, turn: Turn) {
        self.room_in_ring().await;
        push(&mut self.ring, Start::Turn(turn));
    }

    /// Waits for what needs no place to itself. The bodies' side empties the ring whenever this half waits.
    async fn room_in_ring(&mut self) {
        let ring = &mut self.ring;
        poll_fn(move |_| if ring.is_full() { Poll::Pending } else { Poll::Ready(()) }).await;
    }

    #[inline]
    fn take_place(&mut self, start: Start<F, J, K>) {
        self.taken += 1;
        push(&mut self.ring, start);
    }
}

/// What learns of the turns of a worker's units.
pub trait TakesTurns: Send {
    /// What follows has this place in the order.
    fn turn(&mut self, turn: Turn) -> impl Future<Output = ()> + Send;
}

impl<F: Send, J: Send, K: Send> TakesTurns for Starts<F, J, K> {
    async fn turn(&mut self, turn: Turn) {
        self.turn(turn).await;
    }
}

/// Where the second half takes what arrives.
pub struct Arrivals<F: Body, J, K> {
    ring: Consumer<Arrived<F, J, K>>,
    home: Home,
}

impl<F: Body, J, K> Arrivals<F, J, K> {
    /// What arrives next, if it is there.
    #[inline]
    pub fn at_hand(&mut self) -> Option<Arrived<F, J, K>> {
        self.ring.pop().ok()
    }

    /// What arrives next; `None` when all has.
    pub async fn next(&mut self, held: &mut impl Park) -> Option<Arrived<F, J, K>> {
        let next = poll_fn(|_| match self.at_hand() {
            Some(arrival) => Poll::Ready(Some(arrival)),
            None if self.ring.is_abandoned() => Poll::Ready(None),
            None => Poll::Pending,
        });
        park(next, held).await
    }
}

impl<F: Body, J, K> Drop for Arrivals<F, J, K> {
    fn drop(&mut self) {
        while let Some(arrival) = self.at_hand() {
            arrival.discard(&self.home);
        }
    }
}
