//! A pipeline that has been described and not started.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, select_all};
use tokio_util::sync::CancellationToken;

use crate::core::Core;
use crate::failure::{Cause, ErrorView, Failure, Suppressed};
use crate::graph::Graph;
use crate::launch::Launch;
use crate::layout::{self, Places};
use crate::ledger::{Ledger, Run};
use crate::policy::Budget;
use crate::running::{Running, Supervisor};
use crate::settings::Settings;

/// Gives the tail's value; `None` if a sink has none.
pub type Finish<O> = Box<dyn FnOnce() -> Option<O> + Send>;

type Start<O, E> = Box<dyn FnOnce(&Launch<E>) -> Finish<O> + Send>;

/// A pipeline, made by [`pipeline!`](crate::pipeline): an `O` if it goes well, a [`Failure<E>`] if not.
///
/// Nothing runs until [`run`](Self::run) or [`spawn`](Self::spawn).
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// use pipeline_runtime::pipeline;
///
/// let squares = pipeline! {
///     source numbers = 1..=3u64;
///     stage  squares = numbers.map(|n| n * n);
///     sink   sum = squares.fold(0, |sum, n| sum + n);
/// };
/// assert_eq!(squares.run().await.unwrap(), 14);
/// # });
/// ```
#[must_use = "a pipeline does nothing until `.run()` or `.spawn()`"]
pub struct Pipeline<O, E = crate::BoxError>(Box<Description<O, E>>);

struct Description<O, E> {
    graph: Graph,
    places: Option<Arc<Places>>,
    settings: Settings,
    start: Start<O, E>,
    view: ErrorView<E>,
    cancel_on: Vec<CancellationToken>,
    shutdown_on: Vec<BoxFuture<'static, ()>>,
    on_failure: Option<Box<dyn Fn() + Send + Sync>>,
}

impl<O, E> Pipeline<O, E> {
    /// Made by generated code.
    pub(crate) fn assemble(
        graph: Graph,
        settings: Settings,
        view: ErrorView<E>,
        start: impl FnOnce(&Launch<E>) -> Finish<O> + Send + 'static,
    ) -> Self {
        let (graph, places) = layout::compose(graph, &settings.fragments);
        Self::laid_out(graph, places, settings, view, start)
    }

    /// A pipeline whose fragments have been put in.
    pub(crate) fn laid_out(
        graph: Graph,
        places: Option<Arc<Places>>,
        settings: Settings,
        view: ErrorView<E>,
        start: impl FnOnce(&Launch<E>) -> Finish<O> + Send + 'static,
    ) -> Self {
        Self(Box::new(Description {
            graph,
            places,
            settings,
            start: Box::new(start),
            view,
            cancel_on: Vec::new(),
            shutdown_on: Vec::new(),
            on_failure: None,
        }))
    }

    /// The name: `#![name = "…"]`, the `fn`'s name, or file and line.
    pub fn name(&self) -> &str {
        self.0.graph.name
    }

    /// What the pipeline consists of.
    pub fn graph(&self) -> &Graph {
        &self.0.graph
    }

    /// Calls `told` as soon as the run has failed, before it has ended.
    pub(crate) fn on_failure(mut self, told: impl Fn() + Send + Sync + 'static) -> Self {
        self.0.on_failure = Some(Box::new(told));
        self
    }

    /// Cancels the run when `token` is cancelled. With a token that has been cancelled already nothing is started.
    pub fn cancel_on(mut self, token: CancellationToken) -> Self {
        self.0.cancel_on.push(token);
        self
    }

    /// Shuts the run down gracefully when `signal` resolves: see [`Running::shutdown`].
    ///
    /// What it resolves to does not matter, so that `tokio::signal::ctrl_c()` or the receiver of a oneshot can be passed
    /// as they are. An error counts too: whoever should have given the signal is not there any more, or never was, and a
    /// run that nobody can stop is not what was asked for. A signal that panics ends the run with [`Cause::Panic`].
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// use pipeline_runtime::pipeline;
    ///
    /// let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    /// let running = pipeline! {
    ///     source ticks = std::iter::repeat(());
    ///     sink   n = ticks.count();
    /// }
    /// .shutdown_on(tokio::signal::ctrl_c())
    /// .shutdown_on(stopped)
    /// .spawn();
    /// drop(stop);
    /// assert!(running.wait().await.result.is_ok());
    /// # });
    /// ```
    pub fn shutdown_on(mut self, signal: impl Future + Send + 'static) -> Self {
        self.0.shutdown_on.push(Box::pin(signal.map(drop)));
        self
    }

    /// Ends the run with [`Cause::Deadline`] when it has not ended after `deadline`. Takes the place of
    /// `#![deadline(d)]`.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.0.settings.deadline = Some(deadline);
        self
    }
}

impl<O: Send + 'static, E: Send + Sync + 'static> Pipeline<O, E> {
    /// Runs the pipeline to its end: returns when every task and every body has ended.
    ///
    /// # Errors
    ///
    /// The first failure, recorded before anything was cancelled because of it.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime, or where it has no time driver and a deadline or drain time is needed.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future cancels the run: its tasks end at their next await or time slice.
    pub async fn run(self) -> Result<O, Failure<E>> {
        let supervisor = self.start();
        let _guard = supervisor.cancel_on_drop();
        supervisor.result().await
    }

    /// Starts the pipeline in the background.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    pub fn spawn(self) -> Running<O, E> {
        Running::new(self.start())
    }

    /// Makes the edges and spawns the tasks.
    pub(crate) fn start(self) -> Supervisor<O, E> {
        let Description { graph, places, settings, start, view, cancel_on, shutdown_on, on_failure } = *self.0;
        let core = Arc::new(Core::new(graph, settings.retry_budget.map(Budget::new), settings.drain));
        let ledger = Arc::new(Ledger::new(core, on_failure));
        let cancelled = cancel_on.iter().any(CancellationToken::is_cancelled).then_some(Cause::Cancelled);
        let finish = match settings.problem.map(Cause::Config).or(cancelled) {
            Some(cause) => {
                ledger.record(Suppressed::outside(cause));
                Box::new(|| None)
            }
            None => {
                let run = Arc::new(Run::new(ledger.clone(), view));
                start(&Launch::new(run, settings.buffer, places))
            }
        };
        let cancelled = first_of(cancel_on.into_iter().map(|token| token.cancelled_owned().boxed()).collect());
        Supervisor {
            ledger,
            view,
            finish: Some(finish),
            deadline: settings.deadline,
            cancelled,
            shutdown: first_of(shutdown_on),
        }
    }
}

/// Resolves with the first of them, if there are any.
fn first_of(all: Vec<BoxFuture<'static, ()>>) -> Option<BoxFuture<'static, ()>> {
    (!all.is_empty()).then(|| select_all(all).map(drop).boxed())
}

impl<O, E> fmt::Debug for Pipeline<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pipeline").field("name", &self.name()).finish_non_exhaustive()
    }
}

/// The last failure of a run whose sinks have left no value: only a defect of this crate can bring it about.
pub(crate) fn no_value<E>() -> (Suppressed<E>, Vec<Suppressed<E>>) {
    let cause = Cause::Panic("a sink ended without a value".to_owned());
    (Suppressed::outside(cause), Vec::new())
}
