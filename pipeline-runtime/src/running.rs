//! A pipeline that runs, and what becomes of it.

use std::fmt;
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::failure::{Cause, ErrorView, Failure, Suppressed};
use crate::launch::message;
use crate::ledger::Ledger;
use crate::pipeline::{Finish, no_value};
use crate::report::Report;

/// A run in the background. Dropping it cancels the run; [`detach`](Self::detach) lets it go on.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// use pipeline_runtime::pipeline;
///
/// let running = pipeline! {
///     source ticks = std::iter::repeat(());
///     sink   n = ticks.count();
/// }
/// .spawn();
/// running.shutdown();
/// let outcome = running.wait().await;
/// assert_eq!(outcome.result.unwrap(), outcome.report.stage("n").unwrap().received);
/// # });
/// ```
#[must_use = "dropping it cancels the run; `detach()` lets it go on"]
pub struct Running<O, E = crate::BoxError> {
    ledger: Arc<Ledger<E>>,
    view: ErrorView<E>,
    /// `None` once it is waited for or detached.
    supervisor: Option<JoinHandle<Outcome<O, E>>>,
}

/// What became of a run: the result and the account.
#[derive(Debug)]
#[must_use = "the result may be a failure"]
#[non_exhaustive]
pub struct Outcome<O, E = crate::BoxError> {
    /// The pipeline's value, or why it has none.
    pub result: Result<O, Failure<E>>,
    /// The account of the run.
    pub report: Report,
}

impl<O: Send + 'static, E: Send + Sync + 'static> Running<O, E> {
    pub(crate) fn new(supervisor: Supervisor<O, E>) -> Self {
        let (ledger, view) = (supervisor.ledger.clone(), supervisor.view);
        Self { ledger, view, supervisor: Some(tokio::spawn(supervisor.supervise())) }
    }

    /// Waits for the end: returns when every task and every body has ended.
    ///
    /// # Panics
    ///
    /// In a body of the run itself, which would wait for its own end. A body that wants to end its run returns an error,
    /// ends its stream, or fires what [`shutdown_on`](crate::Pipeline::shutdown_on) waits for.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future cancels the run.
    #[expect(clippy::panic, reason = "whoever could be told in another way is the one that would wait for ever")]
    pub async fn wait(mut self) -> Outcome<O, E> {
        if self.ledger.core.runs_here() {
            // Not cancelled by the drop: the panic is the cause.
            self.supervisor = None;
            panic!("a body of pipeline `{}` waits for the end of its own run", self.ledger.core.name());
        }
        let ended = match self.supervisor.as_mut() {
            Some(supervisor) => supervisor.await,
            None => return self.lost(),
        };
        self.supervisor = None;
        ended.unwrap_or_else(|_| self.lost())
    }

    /// The runtime has dropped the run.
    fn lost(&self) -> Outcome<O, E> {
        let root = (Suppressed::outside(Cause::Cancelled), Vec::new());
        let core = &self.ledger.core;
        outcome(core.report(), core.name(), root, self.view)
    }
}

impl<O, E> Running<O, E> {
    /// Stops gracefully: sources end, everything in flight is finished and delivered within the drain time. What is
    /// not finished by then is cancelled, with [`Cause::DrainExceeded`]. A request: it waits for nobody.
    pub fn shutdown(&self) {
        self.ledger.core.shutdown();
    }

    /// Stops now, with [`Cause::Cancelled`]. A request: it waits for nobody.
    pub fn cancel(&self) {
        self.ledger.cancel();
    }

    /// The account as it stands. A stage's counts are published before it waits, and from time to time.
    pub fn report(&self) -> Report {
        self.ledger.core.report()
    }

    /// Whether the run has ended: then [`wait`](Self::wait) returns at once.
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
    /// use pipeline_runtime::pipeline;
    ///
    /// let running = pipeline! {
    ///     source n = 0..10u64;
    ///     sink sum = n.reduce(|a, b| a + b);
    /// }
    /// .spawn();
    /// while !running.is_finished() {
    ///     tokio::task::yield_now().await;
    /// }
    /// assert_eq!(running.wait().await.result.unwrap(), Some(45));
    /// # });
    /// ```
    pub fn is_finished(&self) -> bool {
        self.supervisor.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// Lets the run go on by itself. Its result is not to be had any more.
    pub fn detach(mut self) {
        self.supervisor = None;
    }
}

impl<O, E> Drop for Running<O, E> {
    fn drop(&mut self) {
        if self.supervisor.is_some() {
            self.cancel();
        }
    }
}

impl<O, E> fmt::Debug for Running<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running").field("name", &self.ledger.core.name()).finish_non_exhaustive()
    }
}

/// A task that is interrupted ends so soon, unless its body blocks its thread.
const INTERRUPTED_WITHIN: Duration = Duration::from_secs(1);

/// Sees a run to its end: deadline, cancels, drain, and the result.
pub(crate) struct Supervisor<O, E> {
    pub(crate) ledger: Arc<Ledger<E>>,
    pub(crate) view: ErrorView<E>,
    /// `None` once it has been asked.
    pub(crate) finish: Option<Finish<O>>,
    pub(crate) deadline: Option<Duration>,
    /// A token of the user's was cancelled.
    pub(crate) cancelled: Option<BoxFuture<'static, ()>>,
    /// The user's own signals, which may panic.
    pub(crate) shutdown: Option<BoxFuture<'static, ()>>,
}

impl<O, E: Send> Supervisor<O, E> {
    /// Cancels the run when dropped.
    pub(crate) fn cancel_on_drop(&self) -> impl Drop + use<O, E> {
        struct Guard<E>(Arc<Ledger<E>>);
        impl<E> Drop for Guard<E> {
            fn drop(&mut self) {
                self.0.cancel();
            }
        }
        Guard(self.ledger.clone())
    }

    /// Waits until all tasks have ended, or, after a cancel, no longer than the drain time.
    pub(crate) async fn supervise(mut self) -> Outcome<O, E> {
        self.watch().await;
        let report = self.ledger.core.report();
        match self.value() {
            Ok(value) => Outcome { result: Ok(value), report },
            Err(failures) => outcome(report, self.ledger.core.name(), failures, self.view),
        }
    }

    /// As [`supervise`](Self::supervise), where the account is wanted of failures only.
    pub(crate) async fn result(mut self) -> Result<O, Failure<E>> {
        self.watch().await;
        self.value().map_err(|failures| {
            let core = &self.ledger.core;
            Failure::new(core.name().to_owned(), failures, core.report(), self.view)
        })
    }

    /// What has come of it, once it has ended.
    fn value(&mut self) -> Result<O, Failures<E>> {
        if let Some(failures) = self.ledger.take_failures() {
            return Err(failures);
        }
        let finish = self.finish.take();
        match catch_unwind(AssertUnwindSafe(|| finish.and_then(|finish| finish()))) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => Err(no_value()),
            Err(panic) => Err((Suppressed::outside(Cause::Panic(message(&*panic))), Vec::new())),
        }
    }

    async fn watch(&mut self) {
        let in_time = self.end().await;
        if cfg!(debug_assertions) && in_time {
            let imbalance = self.ledger.core.report().imbalance();
            debug_assert!(imbalance.is_none(), "{}", imbalance.unwrap_or_default());
        }
    }

    /// Waits for the end; tells whether all tasks have ended.
    async fn end(&mut self) -> bool {
        let ledger = &self.ledger;
        let core = &*ledger.core;
        let drain = core.drain_time();
        // All that is started is there.
        core.task_has_ended();
        let events = events(self.deadline, self.cancelled.take(), self.shutdown.take(), ledger);
        let events = async {
            match events {
                Some(events) => events.await,
                None => pending().await,
            }
        };
        let drained = async {
            core.drain().wait().await;
            time(drain).await;
            core.end_drain();
            ledger.record(Suppressed::outside(Cause::DrainExceeded { within: drain, stages: core.unfinished() }));
            pending::<()>().await;
        };
        // A body that blocks its thread cannot be interrupted, and is not waited for for ever.
        let overrun = async {
            core.cancelled().wait().await;
            time(drain).await;
        };
        tokio::select! {
            biased;
            () = core.ended().wait() => true,
            () = overrun => {
                ledger.overrun();
                // What finishes what it has begun is interrupted now, and is gone at its next await.
                core.is_finishing() && timeout(INTERRUPTED_WITHIN, core.ended().wait()).await.is_ok()
            }
            () = drained => true,
            () = events => true,
        }
    }
}

/// A time that few runs wait for: what it takes is not a part of all of them.
fn time(duration: Duration) -> BoxFuture<'static, ()> {
    Box::pin(sleep(duration))
}

/// What may happen to a run from outside. Each of these happens at most once and is no end by itself.
fn events<'a, E: Send>(
    deadline: Option<Duration>,
    cancelled: Option<BoxFuture<'static, ()>>,
    shutdown: Option<BoxFuture<'static, ()>>,
    ledger: &'a Ledger<E>,
) -> Option<BoxFuture<'a, ()>> {
    if deadline.is_none() && cancelled.is_none() && shutdown.is_none() {
        return None;
    }
    let deadline = async move {
        if let Some(deadline) = deadline {
            sleep(deadline).await;
            ledger.record(Suppressed::outside(Cause::Deadline(deadline)));
        }
    };
    let cancelled = async move {
        if let Some(cancelled) = cancelled {
            cancelled.await;
            ledger.cancel();
        }
    };
    let shutdown = async move {
        if let Some(shutdown) = shutdown {
            match AssertUnwindSafe(shutdown).catch_unwind().await {
                Ok(()) => ledger.core.shutdown(),
                Err(panic) => ledger.record(Suppressed::outside(Cause::Panic(message(&*panic)))),
            }
        }
    };
    let all = async {
        tokio::join!(deadline, cancelled, shutdown);
        pending().await
    };
    Some(all.boxed())
}

/// Why a run has failed, root cause first.
type Failures<E> = (Suppressed<E>, Vec<Suppressed<E>>);

fn outcome<O, E>(report: Report, name: &str, failures: Failures<E>, view: ErrorView<E>) -> Outcome<O, E> {
    let failure = Failure::new(name.to_owned(), failures, report, view);
    Outcome { report: failure.report().clone(), result: Err(failure) }
}
