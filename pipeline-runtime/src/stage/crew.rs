//! Workers that share one input: each takes the next unit of items itself; nobody dispatches.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::time::{Duration, Instant};
use std::vec;

use super::in_flight::TakesTurns;
use super::pace::give_way;
use super::{Inlet, More, Outlet, Supply, Task, park};
use crate::core::{Core, StageMeter};
use crate::counted::Counted;
use crate::edge::{Rank, Turns};

/// A unit should be about this much work: long enough to pay for its hand-out, short enough to share fairly.
const UNIT_WORK: Duration = Duration::from_micros(20);
const MAX_UNIT: usize = 128;

/// Units that workers may be ahead of the one whose turn it is, for each worker.
const AHEAD: u64 = 8;

/// The input of a stage with workers.
pub struct Crew<I> {
    feed: Arc<tokio::sync::Mutex<Feed<I>>>,
    /// Workers that wait for the feed.
    waiting: Arc<AtomicUsize>,
    core: Arc<Core>,
    stage: usize,
    turns: Arc<[Arc<Turns>]>,
    window: u64,
}

struct Feed<I> {
    input: Option<I>,
    next: u64,
}

impl<I: Inlet> Crew<I> {
    /// Shares `input` among `workers`; `turns` are those of the stage's ordered outputs, none if it is unordered.
    pub fn new<E>(task: &Task<E>, input: I, workers: usize, turns: Vec<Arc<Turns>>) -> Self {
        Self {
            feed: Arc::new(tokio::sync::Mutex::new(Feed { input: Some(input), next: 0 })),
            waiting: Arc::default(),
            core: task.run().core.clone(),
            stage: task.stage(),
            turns: turns.into(),
            window: AHEAD * workers as u64,
        }
    }

    /// One worker's input.
    pub fn member(&self) -> CrewMember<I> {
        CrewMember {
            feed: self.feed.clone(),
            waiting: self.waiting.clone(),
            unit: Unit::new(self.core.clone(), self.stage),
            turns: self.turns.clone(),
            window: self.window,
            size: 1,
            begun: None,
        }
    }
}

/// Items handed out to a worker. What is dropped in here was received and discarded.
pub(super) struct Unit<T> {
    pub(super) items: VecDeque<T>,
    core: Arc<Core>,
    stage: usize,
}

impl<T> Unit<T> {
    pub(super) fn new(core: Arc<Core>, stage: usize) -> Self {
        Self { items: VecDeque::new(), core, stage }
    }

    pub(super) fn meter(&self) -> &StageMeter {
        self.core.stage(self.stage)
    }

    /// The items, which are to be [given back](Self::give_back).
    pub(super) fn lend(&mut self) -> vec::IntoIter<T> {
        Vec::from(std::mem::take(&mut self.items)).into_iter()
    }

    /// What is left of the items.
    pub(super) fn give_back(&mut self, left: vec::IntoIter<T>) {
        self.items = left.collect();
    }
}

impl<T> Drop for Unit<T> {
    fn drop(&mut self) {
        let left = self.items.len() as u64;
        if left > 0 {
            let meter = self.meter();
            meter.received.fetch_add(left, Relaxed);
            meter.discarded.fetch_add(left, Relaxed);
        }
    }
}

/// A worker's input, unit by unit.
pub trait Units: Supply + Send {
    /// Whether the unit has items left.
    fn in_unit(&self) -> bool;

    /// Whether other workers wait for what this one has just let go of.
    fn others_wait(&self) -> bool;

    /// Takes the next unit and tells its number; `None` at the end of the input.
    fn take_unit(&mut self) -> impl Future<Output = Option<u64>> + Send;
}

/// One worker's input.
pub struct CrewMember<I: Inlet> {
    feed: Arc<tokio::sync::Mutex<Feed<I>>>,
    waiting: Arc<AtomicUsize>,
    unit: Unit<I::Item>,
    turns: Arc<[Arc<Turns>]>,
    window: u64,
    size: usize,
    begun: Option<Instant>,
}

impl<I: Inlet> CrewMember<I> {
    /// Adapts the size of a unit to what the last one took.
    fn adapt(&mut self) {
        let Some(begun) = self.begun.take() else { return };
        let took = begun.elapsed();
        if took > UNIT_WORK * 2 {
            self.size = (self.size / 2).max(1);
        } else if took < UNIT_WORK {
            self.size = (self.size * 2).min(MAX_UNIT);
        }
    }
}

impl<I: Inlet> Supply for CrewMember<I> {
    type Item = I::Item;

    #[inline]
    fn pop(&mut self) -> Option<I::Item> {
        self.unit.items.pop_front()
    }

    fn lend(&mut self) -> vec::IntoIter<I::Item> {
        self.unit.lend()
    }

    fn give_back(&mut self, left: vec::IntoIter<I::Item>) {
        self.unit.give_back(left);
    }
}

impl<I: Inlet<Item: Send>> Units for CrewMember<I> {
    fn in_unit(&self) -> bool {
        !self.unit.items.is_empty()
    }

    fn others_wait(&self) -> bool {
        self.waiting.load(Relaxed) > 0
    }

    async fn take_unit(&mut self) -> Option<u64> {
        self.adapt();
        let waits = Counted::new(&self.waiting);
        let mut feed = self.feed.lock().await;
        drop(waits);
        if self.unit.meter().intake_closed.load(Acquire) {
            return None;
        }
        for turns in self.turns.iter() {
            turns.reach(feed.next.saturating_sub(self.window)).await;
        }
        let feed = &mut *feed;
        let input = feed.input.as_mut()?;
        if !poll_fn(|cx| input.poll_more(cx)).await {
            feed.input = None;
            return None;
        }
        while self.unit.items.len() < self.size
            && let Some(item) = input.pop()
        {
            self.unit.items.push_back(item);
        }
        input.before_park();
        let unit = feed.next;
        feed.next += 1;
        self.begun = Some(Instant::now());
        Some(unit)
    }
}

/// Where in a stage's order something has its place.
#[derive(Clone, Copy, Debug)]
pub enum Turn {
    /// In this unit of a worker's input.
    Unit(u64),
    /// What came before was all of a unit.
    Between,
    /// At the end of the input, by this rank among what all workers flush.
    AtEnd(Rank),
}

impl<E> Task<E> {
    /// The next item of the worker's unit, unless it is time to look around.
    #[inline]
    pub fn pop_unit<U: Units>(&mut self, input: &mut U) -> Option<U::Item> {
        if self.may_go_on() { input.pop() } else { None }
    }

    /// Completes a unit and takes the next one; `false` at the end of the input.
    pub async fn more_units<U: Units>(&mut self, input: &mut U, outs: &mut impl Outlet) -> bool {
        self.more_units_until(input, outs, None).await == More::Items
    }

    /// As [`more_units`](Self::more_units), but no longer than until `due`.
    pub async fn more_units_until<U: Units>(
        &mut self,
        input: &mut U,
        outs: &mut impl Outlet,
        due: Option<tokio::time::Instant>,
    ) -> More {
        self.look_around_if_due(outs).await;
        if input.in_unit() {
            return More::Items;
        }
        self.end_unit_of(outs).await;
        if crate::__private::is_due(due) {
            return More::Due;
        }
        match park(taken(input, due), outs).await {
            Ok(Some(unit)) => {
                self.begin_unit(unit);
                outs.begin_unit(unit);
                if self.should_give_way(input) {
                    give_way().await;
                }
                More::Items
            }
            Ok(None) => More::End,
            Err(Due) => More::Due,
        }
    }

    /// For the first half of a stage with bodies in flight: takes the next unit and tells the second half of it.
    pub async fn take_unit<U: Units>(&mut self, input: &mut U, starts: &mut impl TakesTurns) -> bool {
        self.take_unit_until(input, starts, None).await == More::Items
    }

    /// As [`take_unit`](Self::take_unit), but no longer than until `due`.
    pub async fn take_unit_until<U: Units>(
        &mut self,
        input: &mut U,
        starts: &mut impl TakesTurns,
        due: Option<tokio::time::Instant>,
    ) -> More {
        self.look_around_if_due(&mut ()).await;
        if input.in_unit() {
            return More::Items;
        }
        if self.end_unit() {
            starts.turn(Turn::Between).await;
        }
        if crate::__private::is_due(due) {
            return More::Due;
        }
        match taken(input, due).await {
            Ok(Some(unit)) => {
                self.begin_unit(unit);
                starts.turn(Turn::Unit(unit)).await;
                if self.should_give_way(input) {
                    give_way().await;
                }
                More::Items
            }
            Ok(None) => More::End,
            Err(Due) => More::Due,
        }
    }

    /// Whether a worker that was woken just now should be let run beside this one. Tokio keeps a task that another one woke for the
    /// waker's own thread, where nobody can steal it (its LIFO slot): two workers would take turns on one core.
    fn should_give_way<U: Units>(&self, input: &U) -> bool {
        input.others_wait() && !self.is_blocking()
    }

    /// For the second half: where in the stage's order what follows has its place.
    pub async fn turn_to(&mut self, turn: Turn, outs: &mut impl Outlet) {
        match turn {
            Turn::Unit(unit) => {
                self.begin_unit(unit);
                outs.begin_unit(unit);
            }
            Turn::Between => self.end_unit_of(outs).await,
            Turn::AtEnd(rank) => outs.at_end(rank),
        }
    }
}

/// The time has come before a unit.
struct Due;

async fn taken<U: Units>(input: &mut U, due: Option<tokio::time::Instant>) -> Result<Option<u64>, Due> {
    match due {
        None => Ok(input.take_unit().await),
        Some(due) => tokio::time::timeout_at(due, input.take_unit()).await.map_err(|_| Due),
    }
}
