//! The bodies in flight, and the task that they share with both halves of their stage.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::future::poll_fn;
use std::hash::Hash;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::*};
use std::task::{Context, Poll};

use rtrb::{Consumer, Producer};

use super::slot::{Slot, Stage};
use super::wakes::Wakes;
use super::{Arrival, Arrived, Body, Seat, Start, push};
use crate::stage::Begun;
use crate::stage::hand::Home;
use crate::stage::pace::give_way;

/// Things that happen without a wait until the task gives way.
const EVENTS: u64 = 1024;

/// The bodies in flight.
pub struct Flights<F: Body, J, K> {
    home: Home,
    starts: Consumer<Start<F, J, K>>,
    /// The memory of bodies that have ended.
    spare: Producer<Seat<F>>,
    /// How many places the first half may take in all.
    places: Arc<AtomicU64>,
    /// The same, but that it stays as it is when no further place is given.
    given: u64,
    /// `None` once all has arrived.
    arrivals: Option<Producer<Arrived<F, J, K>>>,
    /// What has been passed on and not taken.
    passed: VecDeque<Passed>,
    slots: Vec<Slot<F, K>>,
    /// Taken from the front: where bodies end in the order of their start, they are polled in it too.
    free: VecDeque<usize>,
    wakes: Wakes,
    /// The slots to be polled next.
    due: Vec<usize>,
    /// What arrives, in order.
    queue: VecDeque<Queued<Arrived<F, J, K>>>,
    /// `None` without keys.
    lines: Option<Lines<K>>,
    ordered: bool,
    /// What is finished on a cancel.
    begun: Option<Begun>,
    started: u64,
    /// The number of the body that failed the run.
    failed: Option<u64>,
    /// Places that the first half has taken and that were not freed.
    occupied: usize,
    /// No further place is given.
    closed: bool,
    /// The first half has ended.
    ended: bool,
    /// Counts everything that happens, so that it is known when nothing did.
    events: u64,
}

/// Of each key that has a body at work, the slots of those that wait for its end.
pub(super) type Lines<K> = HashMap<K, VecDeque<usize>>;

/// What is next.
enum Queued<A> {
    /// What the body in this slot gives: in order all of it, else one thing that it has given.
    Body(usize),
    /// What needs no body.
    Ready(A),
}

/// What stands for something that has been passed on.
#[derive(Clone, Copy)]
enum Passed {
    OfBody(usize),
    /// It had a place, and no body.
    Bodiless,
    Turn,
}

impl<F: Body, J, K> Flights<F, J, K> {
    pub(super) fn new(
        home: Home,
        starts: Consumer<Start<F, J, K>>,
        spare: Producer<Seat<F>>,
        places: Arc<AtomicU64>,
        arrivals: Producer<Arrived<F, J, K>>,
        ordered: bool,
        lines: Option<Lines<K>>,
    ) -> Self {
        Self {
            home,
            starts,
            spare,
            given: places.load(Relaxed),
            places,
            arrivals: Some(arrivals),
            passed: VecDeque::new(),
            slots: Vec::new(),
            free: VecDeque::new(),
            wakes: Wakes::default(),
            due: Vec::new(),
            queue: VecDeque::new(),
            lines,
            ordered,
            begun: None,
            started: 0,
            failed: None,
            occupied: 0,
            closed: false,
            ended: false,
            events: 0,
        }
    }

    /// On a cancel those that have begun are finished.
    pub fn finishing(mut self, begun: &Begun) -> Self {
        self.begun = Some(begun.clone());
        self
    }

    /// No further place is given.
    fn close(&mut self) {
        self.closed = true;
        self.places.store(0, Relaxed);
    }

    /// A place is free again.
    fn free_place(&mut self) {
        self.events += 1;
        self.occupied -= 1;
        if !self.closed {
            self.given += 1;
            self.places.store(self.given, Relaxed);
        }
    }
}

impl<F, J, K> Flights<F, J, K>
where
    F: Body,
    K: Hash + Eq + Clone,
{
    /// Runs both halves of the stage and the bodies, until the second half has ended. After an error that is `fatal` no
    /// further body is started.
    pub async fn drive<O>(
        mut self,
        fatal: impl Fn(&F::Error) -> bool,
        first: impl Future<Output = ()>,
        second: impl Future<Output = O>,
    ) -> O {
        let (mut first, mut second) = (pin!(first), pin!(second));
        loop {
            let begun = self.events;
            let output = poll_fn(|cx| {
                loop {
                    let before = self.events;
                    if !self.ended && first.as_mut().poll(cx).is_ready() {
                        self.ended = true;
                        self.events += 1;
                    }
                    self.poll_bodies(cx, &fatal);
                    self.pass_on();
                    if let Poll::Ready(output) = second.as_mut().poll(cx) {
                        return Poll::Ready(Some(output));
                    }
                    self.note_taken();
                    if self.events == before {
                        return Poll::Pending;
                    }
                    if self.events - begun > EVENTS {
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

    /// Polls the bodies that were woken and those that were started.
    fn poll_bodies(&mut self, cx: &mut Context<'_>, fatal: &impl Fn(&F::Error) -> bool) {
        self.wakes.take(cx.waker(), &mut self.due);
        while let Ok(start) = self.starts.pop() {
            self.events += 1;
            self.admit(start);
        }
        let mut next = 0;
        while let Some(&at) = self.due.get(next) {
            next += 1;
            self.poll_body(at, fatal);
        }
        self.due.clear();
    }

    /// The first half has started something.
    fn admit(&mut self, start: Start<F, J, K>) {
        let arrival = match start {
            Start::Body(load, key, body) => {
                let at = self.free_slot();
                let slot = &mut self.slots[at];
                slot.begin(self.started, load, key.clone(), body);
                self.started += 1;
                self.occupied += 1;
                slot.queued = self.ordered;
                if self.ordered {
                    self.queue.push_back(Queued::Body(at));
                }
                return self.line_up(at, key);
            }
            Start::Turn(turn) => Arrival::Turn(turn),
            Start::Rejected(load, rejected) => {
                self.occupied += 1;
                Arrival::Rejected(load, rejected)
            }
            Start::Failed(load, error) => {
                self.occupied += 1;
                self.close();
                Arrival::Failed(load, error)
            }
        };
        self.queue.push_back(Queued::Ready(arrival));
    }

    fn free_slot(&mut self) -> usize {
        self.free.pop_front().unwrap_or_else(|| {
            let at = self.slots.len();
            self.slots.push(Slot::new(self.wakes.waker_of(at)));
            at
        })
    }

    /// Begins the body in this slot, unless another one of its key is at work.
    fn line_up(&mut self, at: usize, key: K) {
        if let Some(lines) = &mut self.lines {
            match lines.entry(key) {
                Entry::Occupied(line) => return line.into_mut().push_back(at),
                Entry::Vacant(line) => drop(line.insert(VecDeque::new())),
            }
        }
        self.take_off(at);
    }

    fn take_off(&mut self, at: usize) {
        self.slots[at].stage = Stage::Flying;
        self.due.push(at);
    }

    fn poll_body(&mut self, at: usize, fatal: &impl Fn(&F::Error) -> bool) {
        let slot = &mut self.slots[at];
        // A body may be woken late, when another one has its slot.
        if slot.stage != Stage::Flying {
            return;
        }
        let before = slot.given.len();
        let failed_run = slot.poll(&self.home, fatal);
        let (given, number, over) = (slot.given.len() - before, slot.number, slot.stage == Stage::Over);
        self.events += given as u64;
        if !self.ordered {
            self.queue.extend((0..given).map(|_| Queued::Body(at)));
        }
        if failed_run {
            self.close();
            self.failed = self.failed.into_iter().chain([number]).min();
        }
        if over {
            self.events += 1;
            // With no room for it, it was one too many.
            drop(self.slots[at].body.take().map(|seat| self.spare.push(seat)));
            self.go_on(at);
            if !self.ordered {
                self.free_if_done(at);
            }
        }
    }

    /// The body in this slot has ended: the next of its key begins, unless it stands behind a failure.
    fn go_on(&mut self, at: usize) {
        let (Some(lines), Some(key)) = (&mut self.lines, &self.slots[at].key) else { return };
        let Some(line) = lines.get_mut(key) else { return };
        let Some(next) = line.pop_front() else {
            lines.remove(key);
            return;
        };
        if self.failed.is_none_or(|failed| self.slots[next].number < failed) {
            self.take_off(next);
        }
    }

    /// Passes on what has its turn, as far as there is room.
    fn pass_on(&mut self) {
        while let Some(arrivals) = self.arrivals.as_mut().filter(|arrivals| !arrivals.is_full())
            && let Some(queued) = self.queue.front()
        {
            let &Queued::Body(at) = queued else {
                if let Some(Queued::Ready(arrival)) = self.queue.pop_front() {
                    let is_turn = matches!(arrival, Arrival::Turn(_));
                    self.passed.push_back(if is_turn { Passed::Turn } else { Passed::Bodiless });
                    push(arrivals, arrival);
                }
                continue;
            };
            let slot = &mut self.slots[at];
            let given = slot.given.pop_front();
            let last = slot.stage == Stage::Over && slot.given.is_empty();
            if given.is_none() && !last {
                break;
            }
            if last || !self.ordered {
                slot.queued = false;
                self.queue.pop_front();
            }
            let key = if last { slot.key.take() } else { slot.key.clone() };
            match (given, key) {
                (Some((load, given)), Some(key)) => {
                    slot.untaken += 1;
                    self.passed.push_back(Passed::OfBody(at));
                    push(arrivals, Arrival::Item(load, key, given));
                }
                _ => self.free_if_done(at),
            }
        }
        if self.ended && self.occupied == 0 && self.queue.is_empty() {
            self.arrivals = None;
        }
    }

    /// Notes what the second half has taken.
    fn note_taken(&mut self) {
        let Some(arrivals) = &self.arrivals else { return };
        let untaken = arrivals.buffer().capacity() - arrivals.slots();
        while self.passed.len() > untaken
            && let Some(passed) = self.passed.pop_front()
        {
            self.events += 1;
            match passed {
                Passed::OfBody(at) => {
                    self.slots[at].untaken -= 1;
                    if self.slots[at].should_go_on() {
                        self.take_off(at);
                    }
                    self.free_if_done(at);
                }
                Passed::Bodiless => self.free_place(),
                Passed::Turn => {}
            }
        }
    }

    /// Frees the slot if all that its body gave was taken.
    fn free_if_done(&mut self, at: usize) {
        if self.slots[at].is_done() {
            self.slots[at].key = None;
            self.free.push_back(at);
            self.free_place();
        }
    }
}

impl<F: Body, J, K> Drop for Flights<F, J, K> {
    fn drop(&mut self) {
        while let Ok(start) = self.starts.pop() {
            if let Start::Body(load, ..) | Start::Rejected(load, _) | Start::Failed(load, _) = start {
                load.discard(&self.home);
            }
        }
        for queued in self.queue.drain(..) {
            if let Queued::Ready(arrival) = queued {
                arrival.discard(&self.home);
            }
        }
        self.slots.iter_mut().for_each(|slot| slot.discard(&self.home));
    }
}
