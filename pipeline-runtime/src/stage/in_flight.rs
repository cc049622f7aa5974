//! Up to n bodies of one stage at once, in one task.
//!
//! A body has two parts: a future, and what it comes to, which gives what arrives: one item, or for `flat_map` the parts
//! of one. Both are polled here, as far ahead of the second half of the stage as [`LOOK_AHEAD`] allows.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::future::poll_fn;
use std::hash::Hash;
use std::pin::{Pin, pin};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use futures_util::Stream;
use futures_util::stream::FuturesUnordered;

use super::pace::give_way;
use super::{Begun, Hand, Held, Park, Parts, Pull, Turn, park};

/// Parts of one item that are got before they can be passed on.
const LOOK_AHEAD: usize = 16;

/// Things that happen without a wait until the task gives way.
const EVENTS: u64 = 1024;

/// What arrives at the second half of the stage.
pub enum Arrival<T, J, K> {
    /// What an item's body gave, and the item's key.
    Item(Hand, K, T),
    /// An item was rejected before it had a body.
    Rejected(Hand, J),
    /// An item failed the run before it had a body.
    Failed(Hand, Held),
    /// The place in the order of what follows.
    Turn(Turn),
}

/// What is next of a body that gives `P`.
type Arrived<P, X, J, K> = Arrival<Result<<P as Parts>::Item, X>, J, K>;

/// The bodies in flight. The first half of the stage starts them, the second takes what they give, in the order of
/// their start unless that was given up; all of them are polled while either half waits. Bodies of one key run one
/// after the other, in the order of their start.
pub struct InFlight<F, P: Parts, X, J, K> {
    slots: Mutex<Slots<F, P, X, J, K>>,
    /// What is finished on a cancel.
    begun: Option<Begun>,
}

struct Slots<F, P: Parts, X, J, K> {
    running: FuturesUnordered<Flight<F, P, X>>,
    slots: Vec<Slot<F, P, X, K>>,
    free: Vec<usize>,
    /// What arrives, in order.
    queue: VecDeque<Queued<P::Item, X, J, K>>,
    /// Of each key that has a body running, the slots of those that wait for its end. `None` without keys.
    lines: Option<HashMap<K, VecDeque<usize>>>,
    started: u64,
    /// The number of the body that failed the run.
    failed: Option<u64>,
    /// Slots in use, and items that need none and were not taken.
    occupied: usize,
    limit: usize,
    ordered: bool,
    /// No further body is started.
    closed: bool,
    /// The first half has ended.
    ended: bool,
    /// The second half takes nothing more: the first is dropped.
    enough: bool,
    /// Counts everything that happens, so that the driver knows when nothing did.
    events: u64,
}

enum Queued<T, X, J, K> {
    /// What the body in this slot gives: in order all of it, else one thing that it has given.
    Body(usize),
    /// What needs no body.
    Ready(Arrival<Result<T, X>, J, K>),
}

/// The place of a body, from its start until all that it gave was taken.
struct Slot<F, P: Parts, X, K> {
    key: Option<K>,
    given: VecDeque<(Hand, Result<P::Item, X>)>,
    /// The body while it is not polled: it waits for another of its key, or is far enough ahead.
    idle: Option<Box<Work<F, P, X>>>,
    /// The body has ended.
    over: bool,
    /// One that has ended, kept for its memory.
    spare: Option<Box<Work<F, P, X>>>,
}

/// A body that is polled; it comes out when it has given something or has ended.
struct Flight<F, P: Parts, X>(Option<Box<Work<F, P, X>>>);

struct Work<F, P: Parts, X> {
    slot: usize,
    number: u64,
    /// The item; gone once it has arrived.
    hand: Option<Hand>,
    stage: Stage<F, P, X>,
    given: Vec<P::Item>,
    /// How many it may give before it is asked again.
    room: usize,
    /// It has given something.
    gave: bool,
}

enum Stage<F, P, X> {
    Body(Pin<Box<F>>),
    Parts(P),
    /// The end, by an error or well.
    Over(Option<X>),
}

// The body is boxed, and nothing else is pinned.
impl<F, P: Parts, X> Unpin for Flight<F, P, X> {}

impl<F, P: Parts, X> Future for Flight<F, P, X>
where
    F: Future<Output = Result<P, X>>,
{
    type Output = Option<Box<Work<F, P, X>>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(work) = &mut self.0 {
            ready!(work.poll(cx));
        }
        Poll::Ready(self.0.take())
    }
}

impl<F, P: Parts, X> Work<F, P, X> {
    /// No body yet.
    fn spare(slot: usize) -> Box<Self> {
        let stage = Stage::Over(None);
        Box::new(Self { slot, number: 0, hand: None, stage, given: Vec::new(), room: 0, gave: false })
    }
}

impl<F, P: Parts, X> Work<F, P, X>
where
    F: Future<Output = Result<P, X>>,
{
    /// Ready when the body has given something, or has ended.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            match &mut self.stage {
                Stage::Body(body) => {
                    self.stage = match ready!(body.as_mut().poll(cx)) {
                        Ok(parts) => Stage::Parts(parts),
                        Err(error) => Stage::Over(Some(error)),
                    }
                }
                Stage::Parts(_) if self.given.len() >= self.room => return Poll::Ready(()),
                Stage::Parts(parts) => match parts.pull() {
                    Pull::Part(part) => self.given.push(part),
                    Pull::End => self.stage = Stage::Over(None),
                    Pull::Wait if parts.poll_wait(cx).is_ready() => {}
                    Pull::Wait if self.given.is_empty() => return Poll::Pending,
                    Pull::Wait => return Poll::Ready(()),
                },
                Stage::Over(_) => return Poll::Ready(()),
            }
        }
    }
}

/// What learns of the turns of a worker's units.
pub trait TakesTurns: Sync {
    /// What follows has this place in the order.
    fn turn(&self, turn: Turn);
}

impl<F, P: Parts, X, J, K> TakesTurns for InFlight<F, P, X, J, K>
where
    Self: Sync,
{
    fn turn(&self, turn: Turn) {
        Self::turn(self, turn);
    }
}

impl<F, P: Parts, X, J> InFlight<F, P, X, J, ()> {
    /// Room for `limit` bodies.
    pub fn new(limit: usize, ordered: bool) -> Self {
        Self::build(limit, ordered, None)
    }
}

impl<F, P: Parts, X, J, K> InFlight<F, P, X, J, K> {
    fn build(limit: usize, ordered: bool, lines: Option<HashMap<K, VecDeque<usize>>>) -> Self {
        Self {
            slots: Mutex::new(Slots {
                running: FuturesUnordered::new(),
                slots: Vec::new(),
                free: Vec::new(),
                queue: VecDeque::new(),
                lines,
                started: 0,
                failed: None,
                occupied: 0,
                limit,
                ordered,
                closed: false,
                ended: false,
                enough: false,
                events: 0,
            }),
            begun: None,
        }
    }

    /// On a cancel those that have begun are finished.
    pub fn finishing(self, begun: &Begun) -> Self {
        Self { begun: Some(begun.clone()), ..self }
    }

    /// What follows has this place in the order.
    pub fn turn(&self, turn: Turn) {
        self.slots().arrives(Arrival::Turn(turn));
    }

    fn slots(&self) -> MutexGuard<'_, Slots<F, P, X, J, K>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<F, P, X, J, K> InFlight<F, P, X, J, K>
where
    F: Future<Output = Result<P, X>>,
    P: Parts,
    K: Hash + Eq + Clone,
{
    /// Room for `limit` bodies, those of one key one after the other. One that waits for its turn has a slot too.
    pub fn keyed(limit: usize, ordered: bool) -> Self {
        Self::build(limit, ordered, Some(HashMap::new()))
    }

    /// Waits until a body may be started.
    pub async fn room(&self) {
        poll_fn(|_| {
            let slots = self.slots();
            // The driver polls both halves again after whatever happens, so no waker is kept.
            if !slots.closed && slots.occupied < slots.limit { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    /// Starts a body, for which there is room.
    pub fn start(&self, hand: Hand, key: K, body: F) {
        self.slots().start(hand.into_body(), key, Box::pin(body));
    }

    /// An item is rejected without a body, for which there is room: it arrives in its place in the order.
    pub fn reject(&self, hand: Hand, rejected: J) {
        let mut slots = self.slots();
        slots.occupied += 1;
        slots.arrives(Arrival::Rejected(hand, rejected));
    }

    /// An item fails the run without a body: it arrives in its place in the order, and nothing is started after it.
    pub fn fail(&self, hand: Hand, error: Held) {
        let mut slots = self.slots();
        slots.occupied += 1;
        slots.closed = true;
        slots.arrives(Arrival::Failed(hand, error));
    }

    /// The first half has ended.
    pub fn end(&self) {
        let mut slots = self.slots();
        slots.ended = true;
        slots.events += 1;
    }

    /// The second half takes nothing more, and may have something to pass on still: the input is not kept open meanwhile.
    pub fn enough(&self) {
        let mut slots = self.slots();
        slots.enough = true;
        slots.events += 1;
    }

    /// What arrives next; `None` when all has.
    pub async fn next(&self, held: &mut impl Park) -> Option<Arrived<P, X, J, K>> {
        park(poll_fn(|_| self.slots().poll_next()), held).await
    }

    /// Polls the bodies. After an error that is `fatal` no further body is started.
    fn poll_bodies(&self, cx: &mut Context<'_>, fatal: impl Fn(&X) -> bool) {
        let mut slots = self.slots();
        while let Poll::Ready(Some(work)) = Pin::new(&mut slots.running).poll_next(cx) {
            if let Some(work) = work {
                slots.came(work, &fatal);
            }
        }
    }

    /// Runs both halves of the stage and the bodies, until the second half has ended. After an error that is `fatal` no
    /// further body is started.
    pub async fn drive<O>(
        &self,
        fatal: impl Fn(&X) -> bool,
        first: impl Future<Output = ()>,
        second: impl Future<Output = O>,
    ) -> O {
        let (mut first, mut second) = (pin!(Some(first)), pin!(second));
        loop {
            let begun = self.slots().events;
            let output = poll_fn(|cx| {
                loop {
                    let before = self.slots().events;
                    if let Some(polled) = first.as_mut().as_pin_mut()
                        && polled.poll(cx).is_ready()
                    {
                        first.set(None);
                        self.end();
                    }
                    self.poll_bodies(cx, &fatal);
                    if let Poll::Ready(output) = second.as_mut().poll(cx) {
                        return Poll::Ready(Some(output));
                    }
                    let (after, enough) = {
                        let slots = self.slots();
                        (slots.events, slots.enough)
                    };
                    if enough {
                        first.set(None);
                    }
                    if after == before {
                        return Poll::Pending;
                    }
                    if after - begun > EVENTS {
                        return Poll::Ready(None);
                    }
                }
            });
            match output.await {
                Some(output) => return output,
                None => {
                    // What has arrived is not left behind.
                    let _working = self.begun.as_ref().map(Begun::begin);
                    give_way().await;
                }
            }
        }
    }
}

impl<F, P: Parts, X, J, K> Slots<F, P, X, J, K> {
    /// Something that needs no body has its place behind what was started before it.
    fn arrives(&mut self, arrival: Arrived<P, X, J, K>) {
        self.events += 1;
        self.queue.push_back(Queued::Ready(arrival));
    }
}

impl<F, P, X, J, K> Slots<F, P, X, J, K>
where
    F: Future<Output = Result<P, X>>,
    P: Parts,
    K: Hash + Eq + Clone,
{
    fn start(&mut self, hand: Hand, key: K, body: Pin<Box<F>>) {
        self.events += 1;
        self.occupied += 1;
        let slot = self.take_slot(key.clone());
        let mut work = self.slots[slot].spare.take().unwrap_or_else(|| Work::spare(slot));
        (work.number, work.hand, work.stage) = (self.started, Some(hand), Stage::Body(body));
        (work.room, work.gave) = (LOOK_AHEAD, false);
        self.started += 1;
        if self.ordered {
            self.queue.push_back(Queued::Body(slot));
        }
        if let Some(lines) = &mut self.lines {
            match lines.entry(key) {
                Entry::Occupied(line) => {
                    line.into_mut().push_back(slot);
                    self.slots[slot].idle = Some(work);
                    return;
                }
                Entry::Vacant(line) => drop(line.insert(VecDeque::new())),
            }
        }
        self.running.push(Flight(Some(work)));
    }

    fn take_slot(&mut self, key: K) -> usize {
        let slot = self.free.pop().unwrap_or_else(|| {
            let slot = Slot { key: None, given: VecDeque::new(), idle: None, over: false, spare: None };
            self.slots.push(slot);
            self.slots.len() - 1
        });
        (self.slots[slot].key, self.slots[slot].over) = (Some(key), false);
        slot
    }

    /// All that the body in this slot gave was taken.
    fn free_slot(&mut self, slot: usize) {
        self.slots[slot].key = None;
        self.free.push(slot);
        self.occupied -= 1;
        self.events += 1;
    }

    /// A body has given something or has ended.
    fn came(&mut self, mut work: Box<Work<F, P, X>>, fatal: impl Fn(&X) -> bool) {
        self.events += 1;
        let at = work.slot;
        let slot = &mut self.slots[at];
        let before = slot.given.len();
        work.gave |= !work.given.is_empty();
        for part in work.given.drain(..) {
            let hand = if P::WHOLE { work.hand.take() } else { work.hand.as_mut().map(Hand::part) };
            slot.given.extend(hand.map(|hand| (hand, Ok(part))));
        }
        if let Stage::Over(error) = &mut work.stage {
            slot.over = true;
            match (error.take(), work.hand.take()) {
                (Some(error), Some(hand)) => {
                    if fatal(&error) {
                        self.closed = true;
                        self.failed = self.failed.into_iter().chain([work.number]).min();
                    }
                    slot.given.push_back((hand, Err(error)));
                }
                (None, Some(hand)) if !work.gave => hand.done(),
                // All its parts are on their way.
                (_, hand) => drop(hand),
            }
            slot.spare = Some(work);
            self.go_on(at);
        } else if slot.given.len() < LOOK_AHEAD {
            work.room = LOOK_AHEAD - slot.given.len();
            self.running.push(Flight(Some(work)));
        } else {
            slot.idle = Some(work);
        }
        let slot = &self.slots[at];
        let (given, over) = (slot.given.len(), slot.over);
        if !self.ordered {
            self.queue.extend((before..given).map(|_| Queued::Body(at)));
            if over && given == 0 {
                self.free_slot(at);
            }
        }
    }

    /// The body in this slot has ended: the next of its key begins, unless it stands behind a failure.
    fn go_on(&mut self, slot: usize) {
        let (Some(lines), Some(key)) = (&mut self.lines, &self.slots[slot].key) else { return };
        let Some(line) = lines.get_mut(key) else { return };
        let Some(next) = line.pop_front() else {
            lines.remove(key);
            return;
        };
        let before = |work: &mut Box<Work<F, P, X>>| self.failed.is_none_or(|failed| work.number < failed);
        if let Some(work) = self.slots[next].idle.take_if(before) {
            self.running.push(Flight(Some(work)));
        }
    }

    fn poll_next(&mut self) -> Poll<Option<Arrived<P, X, J, K>>> {
        loop {
            let Some(queued) = self.queue.front() else {
                let over = self.ended && self.occupied == 0;
                return if over { Poll::Ready(None) } else { Poll::Pending };
            };
            let &Queued::Body(at) = queued else {
                let Some(Queued::Ready(arrival)) = self.queue.pop_front() else { continue };
                self.events += 1;
                self.occupied -= usize::from(!matches!(arrival, Arrival::Turn(_)));
                return Poll::Ready(Some(arrival));
            };
            let slot = &mut self.slots[at];
            let taken = slot.given.pop_front();
            let last = slot.over && slot.given.is_empty();
            if taken.is_none() && !last {
                return Poll::Pending;
            }
            let key = if last { slot.key.take() } else { slot.key.clone() };
            if slot.given.len() <= LOOK_AHEAD / 2
                && let Some(mut work) = slot.idle.take()
            {
                work.room = LOOK_AHEAD - slot.given.len();
                self.running.push(Flight(Some(work)));
            }
            if last || !self.ordered {
                self.queue.pop_front();
            }
            if last {
                self.free_slot(at);
            }
            self.events += 1;
            if let (Some((hand, given)), Some(key)) = (taken, key) {
                return Poll::Ready(Some(Arrival::Item(hand, key, given)));
            }
        }
    }
}
