//! A pipeline that runs, and what becomes of it.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::core::Core;
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
        outcome_of_failure(&self.ledger, root, self.view)
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
    pub(crate) finish: Finish<O>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) drain: Duration,
    pub(crate) cancelled: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// The user's own signals, which may panic.
    pub(crate) shutdown: BoxFuture<'static, std::thread::Result<()>>,
}

impl<O, E> Supervisor<O, E> {
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
        let core = self.ledger.core.clone();
        let in_time = self.watch(&core).await;
        let report = core.report();
        debug_assert!(!in_time || report.imbalance().is_none(), "{}", report.imbalance().unwrap_or_default());
        if let Some(failures) = self.ledger.take_failures() {
            return outcome(report, core.name(), failures, self.view);
        }
        match catch_unwind(AssertUnwindSafe(self.finish)) {
            Ok(Some(value)) => Outcome { result: Ok(value), report },
            Ok(None) => outcome(report, core.name(), no_value(), self.view),
            Err(panic) => {
                let cause = Cause::Panic(message(&*panic));
                outcome(report, core.name(), (Suppressed::outside(cause), Vec::new()), self.view)
            }
        }
    }

    /// Tells whether all tasks have ended.
    async fn watch(&mut self, core: &Core) -> bool {
        core.tasks().close();
        let ledger = &self.ledger;
        let (deadline, drain) = (self.deadline, self.drain);
        let deadline = async move {
            match deadline {
                Some(deadline) => {
                    sleep(deadline).await;
                    ledger.record(Suppressed::outside(Cause::Deadline(deadline)));
                }
                None => std::future::pending().await,
            }
        };
        let drained = async {
            core.drain().cancelled().await;
            sleep(drain).await;
            core.end_drain();
            ledger.record(Suppressed::outside(Cause::DrainExceeded { within: drain, stages: core.unfinished() }));
        };
        // A body that blocks its thread cannot be interrupted, and is not waited for for ever.
        let overrun = async {
            core.cancelled().await;
            sleep(drain).await;
        };
        let cancelled = async {
            (&mut self.cancelled).await;
            ledger.cancel();
        };
        let shutdown = async {
            match (&mut self.shutdown).await {
                Ok(()) => core.shutdown(),
                Err(panic) => ledger.record(Suppressed::outside(Cause::Panic(message(&*panic)))),
            }
        };
        // Each of these happens at most once and is no end by itself.
        let happenings = async {
            tokio::join!(deadline, drained, cancelled, shutdown);
            std::future::pending::<()>().await;
        };
        tokio::select! {
            biased;
            () = core.tasks().wait() => true,
            () = overrun => {
                ledger.overrun();
                // What finishes what it has begun is interrupted now, and is gone at its next await.
                core.is_finishing() && timeout(INTERRUPTED_WITHIN, core.tasks().wait()).await.is_ok()
            }
            () = happenings => true,
        }
    }
}

fn outcome_of_failure<O, E>(
    ledger: &Ledger<E>,
    failures: (Suppressed<E>, Vec<Suppressed<E>>),
    view: ErrorView<E>,
) -> Outcome<O, E> {
    outcome(ledger.core.report(), ledger.core.name(), failures, view)
}

fn outcome<O, E>(
    report: Report,
    name: &str,
    failures: (Suppressed<E>, Vec<Suppressed<E>>),
    view: ErrorView<E>,
) -> Outcome<O, E> {
    let failure = Failure::new(name.to_owned(), failures, report, view);
    Outcome { report: failure.report().clone(), result: Err(failure) }
}
