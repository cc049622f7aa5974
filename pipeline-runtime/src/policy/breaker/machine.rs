//! The state machine: what becomes of a state with an event at a time. It has no clock, lock or waker of its own.

use std::time::Duration;

use tokio::time::Instant;

use super::account::BreakerAccount;
use super::class::{CallClass, Verdict};
use super::gate::View;
use super::sequence::Sequence;
use super::settings::Settings;
use super::state::{BreakerReason, BreakerState, BreakerTransition};
use super::window::Window;

#[derive(Debug)]
pub(super) struct Machine<C> {
    settings: Settings,
    phase: Phase,
    /// Goes up with each phase. What a call of an earlier one has come to has no effect.
    generation: u64,
    /// How often it has opened without having been closed.
    streak: u32,
    window: Option<Window>,
    consecutive_failures: u64,
    sequence: Option<Sequence<C>>,
    account: BreakerAccount,
    transitions: u64,
    /// Those that nobody has taken yet.
    fresh: Vec<BreakerTransition>,
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    Closed,
    Open { since: Instant, until: Instant },
    HalfOpen { under_way: u32, passed: u32 },
    ForcedOpen { since: Instant },
    ForcedClosed,
}

impl Phase {
    fn state(self) -> BreakerState {
        match self {
            Self::Closed => BreakerState::Closed,
            Self::Open { .. } => BreakerState::Open,
            Self::HalfOpen { .. } => BreakerState::HalfOpen,
            Self::ForcedOpen { .. } => BreakerState::ForcedOpen,
            Self::ForcedClosed => BreakerState::ForcedClosed,
        }
    }
}

/// What a call that asks is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Go, and tell what it came to with this generation.
    Go(u64),
    /// Not before this time, if there is one: else not before something happens.
    Wait(Option<Instant>),
}

impl<C: CallClass> Machine<C> {
    pub(super) fn new(settings: Settings, sequence: Option<Sequence<C>>, now: Instant) -> Self {
        Self {
            window: settings.has_rates().then(|| Window::new(settings.span, now)),
            settings,
            phase: Phase::Closed,
            generation: 0,
            streak: 0,
            consecutive_failures: 0,
            sequence,
            account: BreakerAccount::default(),
            transitions: 0,
            fresh: Vec::new(),
        }
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    pub(super) fn state(&self) -> BreakerState {
        self.phase.state()
    }

    /// What is seen of it without the lock.
    #[inline]
    pub(super) fn view(&self) -> View {
        View { generation: self.generation, passes: self.state().is_closed(), sound: self.is_sound() }
    }

    /// Whether a success that is not slow, and so many of them, can do no more than [`succeeded`](Self::succeeded) does.
    #[inline]
    fn is_sound(&self) -> bool {
        match self.phase {
            Phase::Closed => {
                let clean = self.window.as_ref().is_none_or(Window::is_clean);
                clean && self.consecutive_failures == 0 && self.sequence.is_none()
            }
            Phase::ForcedClosed => true,
            Phase::Open { .. } | Phase::HalfOpen { .. } | Phase::ForcedOpen { .. } => false,
        }
    }

    /// So many calls of this generation have succeeded, and none of them was slow, while it was sound.
    #[inline]
    pub(super) fn succeeded(&mut self, calls: u64) {
        self.account.successes += calls;
        if let (Phase::Closed, Some(window), 1..) = (self.phase, &mut self.window, calls) {
            window.push_clean(calls);
        }
    }

    /// When it will be half-open.
    pub(super) fn open_until(&self) -> Option<Instant> {
        if let Phase::Open { until, .. } = self.phase { Some(until) } else { None }
    }

    /// How many trial calls may still go.
    pub(super) fn free_trials(&self) -> u32 {
        let Phase::HalfOpen { under_way, passed } = self.phase else { return 0 };
        self.settings.half_open_calls - under_way - passed
    }

    pub(super) fn account(&self, now: Instant) -> BreakerAccount {
        BreakerAccount { open: self.account.open + self.open_in_this_phase(now), ..self.account }
    }

    fn open_in_this_phase(&self, now: Instant) -> Duration {
        match self.phase {
            Phase::Open { since, .. } | Phase::ForcedOpen { since } => now.saturating_duration_since(since),
            Phase::Closed | Phase::HalfOpen { .. } | Phase::ForcedClosed => Duration::ZERO,
        }
    }

    /// The transitions since this was last asked.
    pub(super) fn take_transitions(&mut self) -> Vec<BreakerTransition> {
        std::mem::take(&mut self.fresh)
    }

    /// Time goes by.
    pub(super) fn tick(&mut self, now: Instant) {
        if let Phase::Open { until, .. } = self.phase
            && now >= until
        {
            let trial = Phase::HalfOpen { under_way: 0, passed: 0 };
            // It is so from that time on, whenever somebody looks.
            self.enter(trial, BreakerReason::TimePassed, until);
        }
    }

    /// A call asks to go, behind `ahead` others that wait.
    pub(super) fn ask(&mut self, ahead: usize, now: Instant) -> Answer {
        self.tick(now);
        let free = self.free_trials() as usize;
        match &mut self.phase {
            Phase::Closed | Phase::ForcedClosed => Answer::Go(self.generation),
            Phase::HalfOpen { under_way, .. } if free > ahead => {
                *under_way += 1;
                Answer::Go(self.generation)
            }
            Phase::HalfOpen { .. } | Phase::ForcedOpen { .. } => Answer::Wait(None),
            Phase::Open { until, .. } => Answer::Wait(Some(*until)),
        }
    }

    /// A call was not let through, and does not wait.
    pub(super) fn rejected(&mut self) {
        self.account.rejected += 1;
    }

    /// A call that was let go in `generation` has ended. The time is asked for only where it matters.
    #[inline]
    pub(super) fn ended(&mut self, generation: u64, class: &C, slow: bool, now: impl Fn() -> Instant) {
        let verdict = class.verdict();
        let slow = slow && verdict != Verdict::Ignored;
        self.account.count(verdict, slow);
        if generation != self.generation {
            self.account.late += 1;
            return;
        }
        match self.phase {
            Phase::Closed => {
                if let Some(reason) = self.trips(class, verdict, slow, &now) {
                    self.open(reason, now());
                }
            }
            Phase::HalfOpen { .. } => self.trial_ended(class, verdict, slow, now),
            // Nobody was let through in one, nothing matters in the other.
            Phase::Open { .. } | Phase::ForcedOpen { .. } | Phase::ForcedClosed => {}
        }
    }

    /// A call that was let go in `generation` was given up: it says nothing.
    pub(super) fn cancelled(&mut self, generation: u64) {
        self.account.cancelled += 1;
        if generation == self.generation {
            self.given_back(generation);
        } else {
            self.account.late += 1;
        }
    }

    /// A call that was let go in `generation` was not made.
    pub(super) fn given_back(&mut self, generation: u64) {
        if let Phase::HalfOpen { under_way, .. } = &mut self.phase
            && generation == self.generation
        {
            *under_way -= 1;
        }
    }

    /// Open until [`reset`](Self::reset) or [`force_closed`](Self::force_closed).
    pub(super) fn force_open(&mut self, now: Instant) {
        self.tick(now);
        if self.state() != BreakerState::ForcedOpen {
            self.account.opened += 1;
            self.forget_sequence();
            self.enter(Phase::ForcedOpen { since: now }, BreakerReason::Outside, now);
        }
    }

    /// Closed until [`reset`](Self::reset) or [`force_open`](Self::force_open).
    pub(super) fn force_closed(&mut self, now: Instant) {
        self.tick(now);
        if self.state() != BreakerState::ForcedClosed {
            self.enter(Phase::ForcedClosed, BreakerReason::Outside, now);
        }
    }

    /// As it was at first, but for the account.
    pub(super) fn reset(&mut self, now: Instant) {
        self.tick(now);
        self.close(BreakerReason::Outside, now);
        self.forget_sequence();
    }

    /// Whether the call is the one too many, and of what.
    #[inline]
    fn trips(&mut self, class: &C, verdict: Verdict, slow: bool, now: impl Fn() -> Instant) -> Option<BreakerReason> {
        if self.sequence.as_mut().is_some_and(|sequence| sequence.push(class)) {
            return Some(BreakerReason::Sequence);
        }
        match verdict {
            Verdict::Ignored => return None,
            Verdict::Success => self.consecutive_failures = 0,
            Verdict::Failure => self.consecutive_failures += 1,
        }
        if self.settings.consecutive_failures.is_some_and(|limit| self.consecutive_failures >= limit) {
            return Some(BreakerReason::ConsecutiveFailures);
        }
        self.rate_trips(verdict == Verdict::Failure, slow, now)
    }

    #[inline]
    fn rate_trips(&mut self, failed: bool, slow: bool, now: impl Fn() -> Instant) -> Option<BreakerReason> {
        let counts = self.window.as_mut()?.push(failed, slow, now);
        if counts.calls < self.settings.minimum_calls {
            return None;
        }
        let reaches = |part: u64, rate: f64| part as f64 >= rate * counts.calls as f64;
        if self.settings.failure_rate.is_some_and(|rate| reaches(counts.failed, rate)) {
            return Some(BreakerReason::FailureRate);
        }
        let slow_calls = self.settings.slow.is_some_and(|slow| reaches(counts.slow, slow.rate));
        slow_calls.then_some(BreakerReason::SlowCalls)
    }

    fn trial_ended(&mut self, class: &C, verdict: Verdict, slow: bool, now: impl Fn() -> Instant) {
        if self.sequence.as_mut().is_some_and(|sequence| sequence.push(class)) {
            return self.open(BreakerReason::Sequence, now());
        }
        if verdict == Verdict::Failure || slow {
            return self.open(BreakerReason::TrialFailed, now());
        }
        let Phase::HalfOpen { under_way, passed } = &mut self.phase else { return };
        *under_way -= 1;
        *passed += u32::from(verdict == Verdict::Success);
        if *passed == self.settings.half_open_calls {
            self.close(BreakerReason::TrialPassed, now());
        }
    }

    fn open(&mut self, reason: BreakerReason, now: Instant) {
        let until = now + self.settings.open_time(self.streak);
        self.streak = self.streak.saturating_add(1);
        self.account.opened += 1;
        self.forget_sequence();
        self.enter(Phase::Open { since: now, until }, reason, now);
    }

    /// The sequence is not forgotten: an attack does not end with a trial.
    fn close(&mut self, reason: BreakerReason, now: Instant) {
        self.streak = 0;
        self.consecutive_failures = 0;
        if let Some(window) = &mut self.window {
            window.clear(now);
        }
        self.enter(Phase::Closed, reason, now);
    }

    fn forget_sequence(&mut self) {
        if let Some(sequence) = &mut self.sequence {
            sequence.forget();
        }
    }

    fn enter(&mut self, phase: Phase, reason: BreakerReason, at: Instant) {
        self.account.open += self.open_in_this_phase(at);
        let from = self.state();
        self.phase = phase;
        self.generation += 1;
        let to = self.state();
        if from != to {
            self.transitions += 1;
            let until = self.open_until();
            self.fresh.push(BreakerTransition { number: self.transitions, from, to, reason, at, until });
        }
    }
}
