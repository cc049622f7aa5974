//! What all handles of a breaker share: the state machine behind a lock, and those that wait before it.
//!
//! Most calls have to do with the [`Gate`] alone. What else they come to takes the lock, which is held for a few instructions
//! and never across a wait.
//!
//! Those that wait stand in line at a door (a semaphore of tokio's, which is fair). The first alone watches the state, with the
//! only timer; when it may go, the next one steps forward.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::select;
use tokio::sync::futures::Notified;
use tokio::sync::{Notify, Semaphore};
use tokio::time::{Instant, sleep_until};

use super::account::BreakerAccount;
use super::class::{CallClass, Verdict};
use super::gate::Gate;
use super::log::Log;
use super::machine::{Answer, Machine};
use super::permit::{BreakerOpen, BreakerPermit};
use super::sequence::Sequence;
use super::settings::Settings;

pub(super) struct Shared<C: CallClass> {
    pub(super) name: Option<Arc<str>>,
    /// From how long on a call is slow, if that is watched.
    pub(super) slow_after: Option<Duration>,
    pub(super) log: Arc<Log>,
    pub(super) gate: Gate,
    inner: Mutex<Inner<C>>,
    /// One at a time waits in front of the state.
    door: Semaphore,
    changed: Notify,
}

struct Inner<C> {
    machine: Machine<C>,
    waiting: usize,
    paused: Duration,
}

impl<C: CallClass> Shared<C> {
    pub(super) fn new(name: Option<Arc<str>>, settings: Settings, sequence: Option<Sequence<C>>) -> Self {
        let slow_after = settings.slow.map(|slow| slow.after);
        let machine = Machine::new(settings, sequence, Instant::now());
        Self {
            name,
            slow_after,
            log: Arc::default(),
            gate: Gate::new(machine.view()),
            inner: Mutex::new(Inner { machine, waiting: 0, paused: Duration::ZERO }),
            door: Semaphore::new(1),
            changed: Notify::new(),
        }
    }

    /// A user's class may panic when it is compared; the machine is then as it was, but for that call.
    fn lock(&self) -> MutexGuard<'_, Inner<C>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets something happen to the machine, and tells everybody whom it concerns.
    #[inline]
    pub(super) fn happen<R>(&self, event: impl FnOnce(&mut Machine<C>) -> R) -> R {
        self.happen_inside(|inner| event(&mut inner.machine))
    }

    #[inline]
    fn happen_inside<R>(&self, event: impl FnOnce(&mut Inner<C>) -> R) -> R {
        let mut inner = self.lock();
        inner.machine.succeeded(self.gate.take_successes());
        let (generation, free) = (inner.machine.generation(), inner.machine.free_trials());
        let result = event(&mut inner);
        let goes_on = inner.machine.generation() != generation;
        let has_room = inner.machine.free_trials() > free;
        // Under the lock, so that everybody sees the same order.
        self.gate.show(inner.machine.view());
        if goes_on {
            self.log.extend(inner.machine.take_transitions());
        }
        drop(inner);
        if goes_on || has_room {
            self.wake();
        }
        result
    }

    #[cold]
    fn wake(&self) {
        self.changed.notify_waiters();
        self.log.wake();
    }

    /// A permit if all calls go through.
    #[inline]
    pub(super) fn pass(&self, now: impl FnOnce() -> Instant) -> Option<BreakerPermit<'_, C>> {
        self.gate.pass().map(|generation| BreakerPermit::new(self, generation, Duration::ZERO, now))
    }

    /// Whether all calls go through.
    #[inline]
    pub(super) fn lets_all_go(&self) -> bool {
        self.gate.pass().is_some()
    }

    pub(super) fn given_back(&self, generation: u64) {
        self.happen(|machine| machine.given_back(generation));
    }

    #[inline]
    pub(super) fn ended(&self, generation: u64, class: &C, slow: bool) {
        if slow || class.verdict() != Verdict::Success || !self.gate.succeed(generation) {
            self.taken_in(generation, class, slow);
        }
    }

    #[inline(never)]
    fn taken_in(&self, generation: u64, class: &C, slow: bool) {
        self.happen(|machine| machine.ended(generation, class, slow, Instant::now));
    }

    #[inline(never)]
    pub(super) fn cancelled(&self, generation: u64) {
        self.happen(|machine| machine.cancelled(generation));
    }

    /// Those that wait go first.
    pub(super) fn try_acquire(&self) -> Result<BreakerPermit<'_, C>, BreakerOpen> {
        let now = Instant::now();
        self.happen_inside(|inner| match inner.machine.ask(inner.waiting, now) {
            Answer::Go(generation) => Ok(generation),
            Answer::Wait(until) => {
                inner.machine.rejected();
                let retry_after = until.map(|until| until.saturating_duration_since(now));
                Err(BreakerOpen { name: self.name.clone(), state: inner.machine.state(), retry_after })
            }
        })
        // only now: a permit that is dropped takes the lock
        .map(|generation| BreakerPermit::new(self, generation, Duration::ZERO, || now))
    }

    pub(super) async fn wait_for_permit(&self) -> BreakerPermit<'_, C> {
        let mut waiting = Waiting::new(self);
        // It is never closed.
        let _first = self.door.acquire().await.ok();
        loop {
            let changed = self.changed.notified();
            match waiting.ask() {
                Answer::Go(generation) => {
                    return BreakerPermit::new(self, generation, waiting.since.elapsed(), Instant::now);
                }
                Answer::Wait(until) => changed_or_due(changed, until).await,
            }
        }
    }

    pub(super) fn account(&self) -> BreakerAccount {
        self.happen_inside(|inner| {
            let now = Instant::now();
            inner.machine.tick(now);
            BreakerAccount { paused: inner.paused, ..inner.machine.account(now) }
        })
    }
}

impl<C: CallClass> Drop for Shared<C> {
    fn drop(&mut self) {
        self.log.end();
    }
}

/// A wait for something to have changed by itself, or by time.
pub(super) async fn changed_or_due(changed: Notified<'_>, due: Option<Instant>) {
    match due {
        Some(due) => select! {
            () = changed => {}
            () = sleep_until(due) => {}
        },
        None => changed.await,
    }
}

/// A call that waits: it is counted, and so is its time, also if it is given up.
struct Waiting<'breaker, C: CallClass> {
    shared: &'breaker Shared<C>,
    since: Instant,
    over: bool,
}

impl<'breaker, C: CallClass> Waiting<'breaker, C> {
    fn new(shared: &'breaker Shared<C>) -> Self {
        shared.lock().waiting += 1;
        Self { shared, since: Instant::now(), over: false }
    }

    /// Nobody is ahead of the one that asks.
    fn ask(&mut self) -> Answer {
        let now = Instant::now();
        self.shared.happen_inside(|inner| {
            let answer = inner.machine.ask(0, now);
            if matches!(answer, Answer::Go(_)) {
                self.over = true;
                inner.stop_waiting(self.since, now);
            }
            answer
        })
    }
}

impl<C> Inner<C> {
    fn stop_waiting(&mut self, since: Instant, now: Instant) {
        self.waiting -= 1;
        self.paused += now.saturating_duration_since(since);
    }
}

impl<C: CallClass> Drop for Waiting<'_, C> {
    fn drop(&mut self) {
        if !self.over {
            self.shared.lock().stop_waiting(self.since, Instant::now());
        }
    }
}
