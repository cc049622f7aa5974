//! What goes wrong in a run, in the order of its happening, root cause first.

use std::marker::PhantomData;
use std::sync::atomic::Ordering::Release;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::core::Core;
use crate::failure::{Cause, ErrorView, Suppressed};
use crate::policy::FailsWith;
use crate::rejected::Rejected;

/// What a pipeline's tasks hold of their run: its [`Core`], and where failures of the pipeline's own error type go.
///
/// A fragment inside another pipeline has the same core; its errors are converted on their way.
pub struct Run<E> {
    pub(crate) core: Arc<Core>,
    ledger: Arc<dyn Record<E>>,
    view: ErrorView<E>,
}

impl<E: Send + 'static> Run<E> {
    /// The run of a whole pipeline.
    pub(crate) fn new(ledger: Arc<Ledger<E>>, view: ErrorView<E>) -> Self {
        Self { core: ledger.core.clone(), ledger, view }
    }

    /// The part of the run that a fragment is, whose error type is another one.
    pub(crate) fn part<X: Send + 'static>(&self, view: ErrorView<X>) -> Run<X>
    where
        E: From<X>,
    {
        let ledger = Converted { outer: self.ledger.clone(), from: PhantomData };
        Run { core: self.core.clone(), ledger: Arc::new(ledger), view }
    }
}

impl<E> Run<E> {
    /// What happened in a stage.
    pub(crate) fn in_stage(&self, stage: usize, worker: usize, cause: Cause<E>) -> Suppressed<E> {
        let line = self.core.graph().stages.get(stage).map(|stage| stage.line);
        Suppressed { stage: Some(self.core.stage_name(stage)), line, worker: Some(worker), cause }
    }

    /// An item of a stage that failed with `error` when it had been tried so often.
    pub(crate) fn rejected<T, X: FailsWith<E>>(
        &self,
        stage: usize,
        item: T,
        error: X,
        attempts: u32,
    ) -> Rejected<T, X> {
        Rejected::of_item(item, error, X::view(&self.view), self.core.stage_name(stage), attempts)
    }

    /// A failure that came in the place of an item.
    pub(crate) fn rejected_input<T, X: FailsWith<E>>(&self, stage: usize, error: X) -> Rejected<T, X> {
        Rejected::of_input(error, X::view(&self.view), self.core.stage_name(stage))
    }

    /// An item of a stage failed and is skipped: with the feature `tracing` there is a log that says so.
    pub(crate) fn skipped<X: FailsWith<E>>(&self, stage: usize, error: &X) {
        #[cfg(feature = "tracing")]
        crate::skip_log::skipped(&self.core, stage, X::view(&self.view).of(error));
        #[cfg(not(feature = "tracing"))]
        let _ = (stage, error);
    }

    /// Records why the run ends, *then* ends it: the cause is never "cancelled" because of a failure.
    pub(crate) fn fail(&self, failure: Suppressed<E>) {
        self.ledger.fail(failure);
    }

    /// Keeps an error of an ordered stage until all that comes before it has been delivered.
    pub(crate) fn hold(&self, stage: usize, worker: usize, place: (u64, u64), cause: Cause<E>) -> usize {
        self.ledger.hold(stage, place, self.in_stage(stage, worker, cause))
    }

    /// What a stage had begun was not finished within the drain time after it was told to leave.
    pub(crate) fn overran(&self, stage: usize) {
        self.core.stage(stage).overran.store(true, Release);
        self.ledger.overrun();
    }

    /// Takes a held error's turn.
    pub(crate) fn record_held(&self, ticket: usize) {
        self.ledger.record_held(ticket);
    }
}

/// Where failures are recorded.
trait Record<E>: Send + Sync {
    fn fail(&self, failure: Suppressed<E>);
    fn hold(&self, stage: usize, place: (u64, u64), failure: Suppressed<E>) -> usize;
    fn record_held(&self, ticket: usize);
    fn overrun(&self);
}

/// Where failures of a fragment are recorded: where those of the pipeline around it are.
struct Converted<X, E> {
    outer: Arc<dyn Record<E>>,
    from: PhantomData<fn(X)>,
}

impl<X, E: From<X>> Record<X> for Converted<X, E> {
    fn fail(&self, failure: Suppressed<X>) {
        self.outer.fail(failure.map(E::from));
    }

    fn hold(&self, stage: usize, place: (u64, u64), failure: Suppressed<X>) -> usize {
        self.outer.hold(stage, place, failure.map(E::from))
    }

    fn record_held(&self, ticket: usize) {
        self.outer.record_held(ticket);
    }

    fn overrun(&self) {
        self.outer.overrun();
    }
}

/// The failures of a whole run.
pub(crate) struct Ledger<E> {
    pub(crate) core: Arc<Core>,
    /// Told of the first failure, whatever it is.
    on_failure: Option<Box<dyn Fn() + Send + Sync>>,
    failures: Mutex<Failures<E>>,
}

struct Failures<E> {
    first: Option<Suppressed<E>>,
    later: Vec<Suppressed<E>>,
    /// Errors of ordered stages that wait for what comes before them.
    held: Vec<HeldError<E>>,
    next_held: usize,
}

/// An error of an ordered stage.
struct HeldError<E> {
    ticket: usize,
    stage: usize,
    /// Its place in the stage's order.
    place: (u64, u64),
    failure: Suppressed<E>,
}

impl<E> Ledger<E> {
    pub(crate) fn new(core: Arc<Core>, on_failure: Option<Box<dyn Fn() + Send + Sync>>) -> Self {
        let failures = Failures { first: None, later: Vec::new(), held: Vec::new(), next_held: 0 };
        Self { core, on_failure, failures: Mutex::new(failures) }
    }

    fn failures(&self) -> MutexGuard<'_, Failures<E>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cancels the run from outside.
    pub(crate) fn cancel(&self) {
        self.record(Suppressed::outside(Cause::Cancelled));
    }

    /// Records why the run ends, then ends it.
    pub(crate) fn record(&self, failure: Suppressed<E>) {
        let mut failures = self.failures();
        if failures.first.is_none() {
            failures.first = Some(failure);
            if let Some(on_failure) = &self.on_failure {
                on_failure();
            }
        } else if !matches!(failure.cause, Cause::Cancelled) {
            failures.later.push(failure);
        }
        drop(failures);
        self.core.stop();
    }

    /// Tasks are still at work a drain time after they were told to leave: that is what the run ends with, unless it was
    /// an error or a panic that stopped it.
    pub(crate) fn overrun(&self) {
        let mut failures = self.failures();
        let unfinished = self.core.unfinished();
        let Failures { first, later, .. } = &mut *failures;
        let told = first.iter_mut().chain(later.iter_mut()).find_map(|failure| match &mut failure.cause {
            Cause::DrainExceeded { stages, .. } => Some(stages),
            _ => None,
        });
        if let Some(stages) = told {
            let untold: Vec<_> = unfinished.into_iter().filter(|stage| !stages.contains(stage)).collect();
            stages.extend(untold);
            return;
        }
        let within = self.core.drain_time();
        let failure = Suppressed::outside(Cause::DrainExceeded { within, stages: unfinished });
        match first.take() {
            None => {
                drop(failures);
                self.record(failure);
            }
            Some(root) if root.cause.is_of_a_stage() => {
                *first = Some(root);
                later.push(failure);
            }
            Some(root) => {
                *first = Some(failure);
                later.push(root);
            }
        }
    }

    /// What the run ended with, root cause first. A held error whose turn never came was there before the stop that
    /// kept it from coming, so it goes before a cancel, a deadline or a drain.
    pub(crate) fn take_failures(&self) -> Option<(Suppressed<E>, Vec<Suppressed<E>>)> {
        let mut failures = self.failures();
        let first = failures.first.take()?;
        let mut held = std::mem::take(&mut failures.held);
        // Of the stage that failed first, the one that comes first in its order.
        let stage = held.first().map(|held| held.stage);
        held.sort_by_key(|held| (Some(held.stage) != stage, held.place));
        let held = held.into_iter().map(|held| held.failure);
        let later = std::mem::take(&mut failures.later);
        let mut all: Vec<_> = if first.cause.is_of_a_stage() {
            [first].into_iter().chain(held).chain(later).collect()
        } else {
            held.chain([first]).chain(later).collect()
        };
        let root = all.remove(0);
        Some((root, all))
    }
}

impl<E: Send> Record<E> for Ledger<E> {
    fn fail(&self, failure: Suppressed<E>) {
        self.record(failure);
    }

    fn hold(&self, stage: usize, place: (u64, u64), failure: Suppressed<E>) -> usize {
        let mut failures = self.failures();
        let ticket = failures.next_held;
        failures.next_held += 1;
        // The run has been stopped before: this is no cause of it, and has no turn to wait for.
        if failures.first.is_some() {
            failures.later.push(failure);
            return ticket;
        }
        failures.held.push(HeldError { ticket, stage, place, failure });
        ticket
    }

    fn overrun(&self) {
        Ledger::overrun(self);
    }

    fn record_held(&self, ticket: usize) {
        let held = {
            let mut failures = self.failures();
            let at = failures.held.iter().position(|held| held.ticket == ticket);
            at.map(|at| failures.held.remove(at).failure)
        };
        if let Some(failure) = held {
            self.record(failure);
        }
    }
}
