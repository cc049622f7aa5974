//! One task of a stage: its account, its time slices, its end.

use std::convert::Infallible;
use std::future::{pending, poll_fn};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::task::{Context, Poll};

use super::hand::{Hand, Home, Load, Parted, count_dropped};
use super::pace::Pace;
use super::stretch::GivenUp;
use super::{Account, AtHand, Inlet, Outlet, Park, Supply, park};
use crate::core::StageMeter;
use crate::edge::Sender;
use crate::failure::Cause;
use crate::ledger::Run;
use crate::policy::FailsWith;
use crate::rejected::Rejected;

/// What became of an item. Of an item that was taken apart, the gravest thing that happened to any part of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fate {
    /// Dropped by the user's own rule: a filter, `skip`, a `take_while`.
    Filtered,
    /// Gone the whole way.
    Done,
    /// Failed, and counted only.
    Skipped,
    /// Failed, and sent to the `else` stream.
    Rejected,
    /// Failed, and the run with it.
    Failed,
}

/// What [`Task::more_until`] found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum More {
    /// Items are at hand.
    Items,
    /// The time has come.
    Due,
    /// The input has ended.
    End,
}

/// Counts not published yet, in the input's items, and the item in hand.
#[derive(Default)]
pub(super) struct Tally {
    received: u64,
    emitted: u64,
    done: u64,
    filtered: u64,
    skipped: u64,
    rejected: u64,
    failed: u64,
    attempts: u64,
    /// Items taken up and without a fate yet.
    hand: u64,
    fate: Option<Fate>,
}

impl Tally {
    #[inline(always)]
    pub(super) fn begin(&mut self) {
        self.received += 1;
        self.hand = 1;
        self.fate = None;
    }

    #[inline(always)]
    pub(super) fn note(&mut self, fate: Fate) {
        self.fate = self.fate.max(Some(fate));
    }

    #[inline(always)]
    pub(super) fn emitted(&mut self) {
        self.emitted += 1;
        self.note(Fate::Done);
    }

    /// What is in hand has met its fate. What came apart into nothing is done.
    #[inline(always)]
    pub(super) fn settle(&mut self) {
        let n = std::mem::take(&mut self.hand);
        match self.fate {
            None | Some(Fate::Done) => self.done += n,
            Some(Fate::Filtered) => self.filtered += n,
            Some(Fate::Skipped) => self.skipped += n,
            Some(Fate::Rejected) => self.rejected += n,
            Some(Fate::Failed) => self.failed += n,
        }
    }

    /// So many items were taken up, passed on and done.
    fn passed_on(&mut self, items: u64) {
        self.received += items;
        self.emitted += items;
        self.done += items;
    }

    /// Makes the counts visible.
    pub(super) fn publish(&mut self, meter: &StageMeter) {
        for (to, n) in [
            (&meter.received, &mut self.received),
            (&meter.emitted, &mut self.emitted),
            (&meter.done, &mut self.done),
            (&meter.filtered, &mut self.filtered),
            (&meter.skipped, &mut self.skipped),
            (&meter.rejected, &mut self.rejected),
            (&meter.failed, &mut self.failed),
            (&meter.attempts, &mut self.attempts),
        ] {
            let n = std::mem::take(n);
            if n > 0 {
                to.fetch_add(n, Relaxed);
            }
        }
    }
}

/// What generated code holds of its run: one for each task of a stage (with `in_flight` one for each half).
pub struct Task<E> {
    run: Arc<Run<E>>,
    stage: usize,
    worker: usize,
    tally: Tally,
    /// Items of which this task holds a part.
    parts: Vec<Arc<Parted>>,
    /// What is in hand was taken back, and not received here.
    arrived: bool,
    pace: Pace,
    /// A worker's unit has been begun and not ended.
    in_unit: bool,
    /// The number of that unit.
    unit: u64,
    /// Bodies started, in their order.
    bodies: u64,
    /// It is half of a stage, and runs beside the other half and bodies in flight.
    is_half: bool,
}

impl<E> Task<E> {
    pub(crate) fn new(run: Arc<Run<E>>, stage: usize) -> Self {
        let pace = Pace::new(run.core.clone(), stage);
        Self {
            run,
            stage,
            worker: 0,
            tally: Tally::default(),
            parts: Vec::new(),
            arrived: false,
            pace,
            in_unit: false,
            unit: 0,
            bodies: 0,
            is_half: false,
        }
    }

    /// The task of worker number `worker`.
    pub fn worker(mut self, worker: usize) -> Self {
        self.worker = worker;
        self
    }

    /// A task on a thread of its own.
    pub fn blocking(mut self) -> Self {
        self.pace.set_blocking();
        self
    }

    pub(crate) fn is_blocking(&self) -> bool {
        self.pace.is_blocking()
    }

    fn meter(&self) -> &StageMeter {
        self.run.core.stage(self.stage)
    }

    pub(crate) fn run(&self) -> &Arc<Run<E>> {
        &self.run
    }

    pub(crate) fn stage(&self) -> usize {
        self.stage
    }

    /// When the run was started.
    pub(crate) fn run_started(&self) -> tokio::time::Instant {
        self.run.core.started()
    }

    /// The number of the unit that was begun last.
    pub(crate) fn unit(&self) -> u64 {
        self.unit
    }

    /// A worker's unit begins.
    pub(crate) fn begin_unit(&mut self, unit: u64) {
        (self.unit, self.in_unit) = (unit, true);
    }

    /// A worker's unit ends, if one was begun.
    pub(crate) fn end_unit(&mut self) -> bool {
        std::mem::take(&mut self.in_unit)
    }

    /// The next item at hand, unless it is time to look around: then `None`, and [`more`](Self::more) does so.
    #[inline]
    pub fn pop<I: Inlet>(&mut self, input: &mut I) -> Option<I::Item> {
        if self.may_go_on() { input.pop() } else { None }
    }

    #[inline]
    pub(crate) fn may_go_on(&mut self) -> bool {
        self.pace.may_go_on()
    }

    /// Sends what a source's `items` give, until the task must look around or `sender` has no room. Gives them back,
    /// unless they have ended.
    #[inline]
    pub(super) fn give<I: Iterator>(&mut self, sender: &mut Sender<I::Item>, mut items: I) -> Option<I> {
        // The next item may block the thread: what was given is counted before.
        let most = if sender.is_eager() { 1 } else { usize::MAX };
        let mut given = self.given(most, true);
        let mut out = sender.fill();
        while out.has_room() && given.goes_on() {
            let item = items.next()?;
            given.items += 1;
            out.push(item);
        }
        Some(items)
    }

    /// What is at hand of `supply`, and the account of it, for as long as the task need not wait.
    #[inline(always)]
    pub fn stretch<'a, S: Supply>(&'a mut self, supply: &'a mut S) -> (Account<'a, E>, AtHand<'a, S>) {
        let (account, pace) = self.apart();
        let (left, fuel) = pace.for_stretch();
        (account, AtHand::new(supply, left, fuel))
    }

    /// The account of a stage that shares a task with others, for as long as none of them need wait.
    #[inline(always)]
    pub fn account(&mut self) -> Account<'_, E> {
        self.apart().0
    }

    #[inline(always)]
    fn apart(&mut self) -> (Account<'_, E>, &mut Pace) {
        let Self { run, stage, worker, tally, unit, bodies, pace, .. } = self;
        let (home, stage, worker, unit) = (tally, *stage, *worker, *unit);
        let gone = &run.core.stage(stage).gone;
        (Account { tally: std::mem::take(home), home, run, gone, stage, worker, unit, bodies }, pace)
    }

    /// So many items were taken up, passed on and done.
    #[inline]
    pub(super) fn passed_on(&mut self, items: u64) {
        self.tally.passed_on(items);
    }

    /// Up to `most` items of a source, the first of which has been allowed. `counted`: they are counted here.
    #[inline]
    pub(super) fn given(&mut self, most: usize, counted: bool) -> Given<'_> {
        let Self { run, stage, tally, pace, .. } = self;
        let fuel = pace.fuel();
        let most = u32::try_from(most).unwrap_or(u32::MAX).min(*fuel + 1);
        let look_up = &run.core.stage(*stage).look_up;
        Given { items: 0, most, fuel, look_up, tally: counted.then_some(tally) }
    }

    /// True when the task should look around, between the parts of one item.
    #[inline]
    pub fn is_due(&mut self) -> bool {
        !self.may_go_on()
    }

    /// Looks around: publishes the counts, ends with the stage, gives way when the slice is over.
    pub async fn look_around(&mut self, held: &mut impl Park) {
        self.publish();
        self.pace.look_around(|| held.before_park()).await;
    }

    /// Publishes the counts, and looks around if there is something to see.
    pub(super) async fn look_around_if_due(&mut self, held: &mut impl Park) {
        match self.pace.is_due() {
            true => self.look_around(held).await,
            false => self.publish(),
        }
    }

    /// As [`look_around`](Self::look_around), for what is polled.
    pub(crate) fn poll_look_around(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.publish();
        self.pace.poll_look_around(cx)
    }

    /// The pipeline's error, of one that came in behind `input?`.
    pub fn error_of<X>(&self, error: X) -> E
    where
        E: From<X>,
    {
        error.into()
    }

    /// A clone of the item, which may be wanted after its closure has taken it.
    pub fn clone_of<T: Clone>(&self, item: &T) -> T {
        item.clone()
    }

    /// The item has failed with `error`, and goes no further.
    pub fn skip<X: FailsWith<E>>(&mut self, error: &X) {
        self.note(Fate::Skipped);
        self.run.skipped(self.stage, error);
    }

    /// What goes to the `else` stream of an item that failed with `error` when it had been tried so often.
    pub fn rejected<T, X: FailsWith<E>>(&self, item: T, error: X, attempts: u32) -> Rejected<T, X> {
        self.run.rejected(self.stage, item, error, attempts)
    }

    /// What goes there of a failure that came in the place of an item.
    pub fn rejected_input<T, X: FailsWith<E>>(&self, error: X) -> Rejected<T, X> {
        self.run.rejected_input(self.stage, error)
    }

    /// Waits until an item is at hand (`true`) or the input has ended (`false`).
    pub async fn more<I: Inlet>(&mut self, input: &mut I, held: &mut impl Park) -> bool {
        if self.pace.is_due() {
            self.look_around(held).await;
        }
        park(poll_fn(|cx| self.poll_more(input, cx)), held).await
    }

    fn poll_more<I: Inlet>(&mut self, input: &mut I, cx: &mut Context<'_>) -> Poll<bool> {
        let more = input.poll_more(cx);
        if more.is_pending() {
            self.rest();
        }
        more
    }

    /// The task waits.
    fn rest(&mut self) {
        self.publish();
        self.pace.rest();
    }

    /// As [`more`](Self::more), but no longer than until `due`.
    pub async fn more_until<I: Inlet>(
        &mut self,
        input: &mut I,
        held: &mut impl Park,
        due: Option<tokio::time::Instant>,
    ) -> More {
        let Some(due) = due else {
            return if self.more(input, held).await { More::Items } else { More::End };
        };
        if self.pace.is_due() {
            self.look_around(held).await;
        }
        if due <= tokio::time::Instant::now() {
            return More::Due;
        }
        let more = poll_fn(|cx| self.poll_more(input, cx));
        let timed = tokio::time::timeout_at(due, more);
        match park(timed, held).await {
            Ok(true) => More::Items,
            Ok(false) => More::End,
            Err(_elapsed) => More::Due,
        }
    }

    /// An item is taken up.
    #[inline]
    pub fn begin(&mut self) {
        self.tally.begin();
        self.arrived = false;
    }

    /// An attempt at the item begins, under policies.
    #[inline]
    pub fn attempt(&mut self) {
        self.tally.attempts += 1;
    }

    /// Something has happened to the item, or to a part of it.
    #[inline]
    pub fn note(&mut self, fate: Fate) {
        self.tally.note(fate);
    }

    /// One item, or part of one, was passed on.
    #[inline]
    pub fn emitted(&mut self) {
        self.tally.emitted();
    }

    /// The item has met its fate. One that came apart into nothing is done.
    #[inline]
    pub fn settle(&mut self) {
        if !self.parts.is_empty() {
            self.settle_parts();
        }
        self.tally.settle();
    }

    /// Parts of items have met their fates. Of an item that is being taken apart here there may be nothing to tell.
    #[cold]
    fn settle_parts(&mut self) {
        let fate = self.tally.fate.or(self.arrived.then_some(Fate::Done));
        for part in self.parts.drain(..) {
            if let Some(fate) = fate {
                part.note(fate);
            }
        }
    }

    /// Hands the item over to a place that answers for it. An item in parts goes with its first part.
    #[inline]
    pub fn hand_over(&mut self) -> Load {
        Load::new(std::mem::take(&mut self.tally.hand), &mut self.parts)
    }

    /// Hands over one part of an item, which has come apart.
    pub fn hand_over_part(&mut self) -> Load {
        if self.tally.hand > 0 {
            let items = std::mem::take(&mut self.tally.hand);
            self.parts.push(Arc::new(Parted::new(items, self.home())));
        }
        self.arrived = false;
        Load::new(0, &mut self.parts.clone())
    }

    /// The stage whose account it is.
    pub(super) fn home(&self) -> Home {
        Home { core: self.run.core.clone(), stage: self.stage }
    }

    /// Hands the item over to what keeps some: a batch.
    #[inline]
    pub(super) fn add_to(&mut self, hand: &mut Option<Hand>) {
        let load = self.hand_over();
        match hand {
            Some(hand) => hand.add(load),
            None => *hand = Some(Hand::new(load, self.home())),
        }
    }

    /// Takes up what was handed over. What this task has in hand itself is settled with it.
    #[inline]
    pub fn take_back(&mut self, load: Load) {
        self.tally.hand += load.release(&mut self.parts);
        self.tally.fate = None;
        self.arrived = true;
    }

    /// Puts aside what is in hand, unless that was done, while something else is brought to its fate.
    pub(super) fn put_aside(&mut self, aside: &mut Option<Aside>) {
        if aside.is_none() {
            let hand = Hand::new(self.hand_over(), self.home());
            *aside = Some(Aside { hand, fate: self.tally.fate.take(), arrived: self.arrived });
        }
    }

    /// Takes up what was put aside, if anything.
    #[inline]
    pub(super) fn resume(&mut self, aside: Option<Aside>) {
        if let Some(Aside { hand, fate, arrived }) = aside {
            self.take_back(hand.release());
            (self.tally.fate, self.arrived) = (fate, arrived);
        }
    }

    /// A failed item that ends the run: see [`fail_held`](Self::fail_held).
    pub async fn fail(&mut self, error: impl FailsWith<E>, outs: &mut impl Outlet) -> Infallible {
        let place = self.place();
        let held = self.failures().hold(place, error);
        self.fail_held(held, outs).await
    }

    /// A failed item that ends the run: intake stops, what comes before it is delivered, then it is recorded. With that
    /// the run is stopped, and this task ended like all others: it does not return.
    pub async fn fail_held(&mut self, held: Held, outs: &mut impl Outlet) -> Infallible {
        self.note(Fate::Failed);
        self.settle();
        self.fail_with(GivenUp { stage: self.stage, held }, outs).await
    }

    /// As [`fail_held`](Self::fail_held), with an item that has its fate already, of this stage or of one in its loop.
    pub async fn fail_with(&mut self, failed: GivenUp, outs: &mut impl Outlet) -> Infallible {
        self.publish();
        self.run.core.stage(failed.stage).intake_closed.store(true, Release);
        outs.flush_in_turn().await;
        outs.before_park();
        self.run.record_held(failed.held.0);
        pending().await
    }

    /// Where bodies in flight leave their errors.
    pub fn failures(&self) -> Failures<E> {
        Failures { run: self.run.clone(), stage: self.stage, worker: self.worker }
    }

    /// The next item's place in the stage's order.
    pub fn place(&mut self) -> Place {
        self.bodies += 1;
        Place((self.unit, self.bodies))
    }

    /// All is done: the outputs are closed.
    pub async fn finish(&mut self, outs: &mut impl Outlet) {
        self.end_unit_of(outs).await;
        outs.finish().await;
        self.publish();
    }

    /// Ends the unit that was begun, if any: it is delivered when its turn has come.
    pub async fn end_unit_of(&mut self, outs: &mut impl Outlet) {
        if self.end_unit() {
            outs.deposit();
            outs.deliver().await;
        }
    }

    /// A second task of the same stage, for its second half.
    pub fn another(&mut self) -> Self {
        self.is_half = true;
        let mut other = Self::new(self.run.clone(), self.stage).worker(self.worker);
        other.is_half = true;
        other
    }

    /// After a body that may have blocked for long: a result that comes after the stop is not passed on.
    pub async fn checkpoint(&mut self) {
        if self.pace.has_left() {
            pending().await
        }
    }

    /// Whether the stage, which shares a task with others, needs further items.
    #[inline]
    pub fn is_open(&self) -> bool {
        !self.meter().gone.load(Relaxed)
    }

    /// The stage, which shares a task with others, has come to its end before its input has.
    pub fn close(&mut self) {
        self.publish();
        self.run.core.leave(self.stage);
    }

    /// From now on a panic outside of any item is this stage's, which shares a task with others.
    pub fn at_work(&self) {
        self.run.core.at_work(self.stage);
    }

    /// What is in hand is taken no further, and goes without a fate.
    pub fn discard(&mut self) {
        let items = std::mem::take(&mut self.tally.hand);
        count_dropped(self.meter(), items, false);
        self.parts.clear();
    }

    /// Items were received and nobody has taken them.
    pub(crate) fn untaken(&self, items: u64) {
        self.meter().received.fetch_add(items, Relaxed);
        count_dropped(self.meter(), items, false);
    }

    /// The run ends with an error of this stage that was no item's.
    pub(crate) fn end_run(&self, error: E) {
        self.run.fail(self.run.in_stage(self.stage, self.worker, Cause::Error(error)));
    }

    /// Makes the counts visible.
    pub fn publish(&mut self) {
        self.tally.publish(self.run.core.stage(self.stage));
    }
}

impl<E: Send + Sync> Park for Task<E> {
    fn before_park(&mut self) {
        self.rest();
    }
}

impl<E> Drop for Task<E> {
    fn drop(&mut self) {
        self.publish();
        if self.tally.hand == 0 && self.parts.is_empty() {
            return;
        }
        let by_panic = std::thread::panicking() && self.run.core.struck_by_panic(self.stage, self.is_half);
        if by_panic {
            self.parts.iter().for_each(|part| part.note(Fate::Failed));
        }
        count_dropped(self.meter(), self.tally.hand, by_panic);
    }
}

/// Items that a source gives one after the other, and that are counted together, also when the next one panics.
pub(super) struct Given<'a> {
    pub(super) items: u32,
    most: u32,
    fuel: &'a mut u32,
    look_up: &'a AtomicBool,
    tally: Option<&'a mut Tally>,
}

impl Given<'_> {
    /// How many may be given at the most.
    pub(super) fn most(&self) -> usize {
        self.most as usize
    }

    /// Whether one more may be given.
    #[inline(always)]
    pub(super) fn goes_on(&self) -> bool {
        self.items < self.most && !self.look_up.load(Relaxed)
    }
}

impl Drop for Given<'_> {
    #[inline]
    fn drop(&mut self) {
        *self.fuel -= self.items.saturating_sub(1);
        if let Some(tally) = &mut self.tally {
            tally.passed_on(self.items.into());
        }
    }
}

/// What was in hand and was put aside. Dropped, it is discarded.
pub(super) struct Aside {
    hand: Hand,
    fate: Option<Fate>,
    arrived: bool,
}

/// Keeps errors whose turn has not come, so that none is lost to what stops the run meanwhile.
pub struct Failures<E> {
    run: Arc<Run<E>>,
    stage: usize,
    worker: usize,
}

impl<E> Failures<E> {
    /// Keeps an error until its turn.
    pub fn hold(&self, place: Place, error: impl FailsWith<E>) -> Held {
        Held(self.run.hold(self.stage, self.worker, place.0, error.into_cause()))
    }

    /// As [`Task::clone_of`], where the task is busy.
    pub fn clone_of<T: Clone>(&self, item: &T) -> T {
        item.clone()
    }
}

/// An item's place in its stage's order: the worker's unit, and the place in it.
#[derive(Clone, Copy)]
pub struct Place((u64, u64));

/// The ticket of an error that is kept.
pub struct Held(pub(super) usize);
