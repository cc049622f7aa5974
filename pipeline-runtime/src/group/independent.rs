//! Many pipelines that have nothing to do with one another: a pipeline per connection.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::Group;
use crate::failure::{Cause, Failure};
use crate::pipeline::Pipeline;
use crate::running::Outcome;

impl<O, E> Group<O, E> {
    /// A group of pipelines that are independent of one another: one that fails leaves the others alone, and of one that
    /// has ended nothing is kept. See [`Independent`].
    pub fn independent() -> Independent<O, E> {
        Independent(Arc::new(Handle(Arc::default())))
    }
}

/// Pipelines that come and go, such as one per connection, made by [`Group::independent`].
///
/// A member that fails leaves the others alone. Members are reaped as they end: what is kept of them is a count. A
/// handle is cheap to clone, and all of them are the same group; so an accept loop may hold one and whatever shuts the
/// program down another. When the last handle is dropped the members are cancelled, unless [`detach`](Self::detach) was
/// called.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// use pipeline_runtime::{Group, pipeline};
/// use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, duplex, split};
///
/// let connections = Group::independent().on_failure(|failure| eprintln!("{failure}"));
///
/// // Stands for `listener.accept()` in a loop.
/// let mut clients = Vec::new();
/// for _ in 0..3 {
///     let (client, server) = duplex(64);
///     clients.push(client);
///     let (read, mut write) = split(server);
///     connections.spawn(pipeline! {
///         source lines = BufReader::new(read).lines();
///         stage numbers = lines?.map(|line| line.trim().parse::<u64>()?);
///         sink answers = numbers.for_each(async |n| write.write_all(format!("{}\n", 2 * n).as_bytes()).await?);
///     });
/// }
/// assert_eq!(connections.len(), 3);
///
/// clients[0].write_all(b"12\n").await.unwrap();
/// clients[1].write_all(b"twelve\n").await.unwrap();
/// let mut answer = String::new();
/// BufReader::new(&mut clients[0]).read_line(&mut answer).await.unwrap();
/// assert_eq!(answer, "24\n");
///
/// drop(clients);
/// let summary = connections.wait().await;
/// assert_eq!((summary.succeeded, summary.failed), (2, 1));
/// # });
/// ```
#[must_use = "dropping it cancels its pipelines; `wait()` waits for them"]
pub struct Independent<O, E = crate::BoxError>(Arc<Handle<O, E>>);

/// What became of the members that have ended, as [`Independent::wait`] tells it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Summary<E = crate::BoxError> {
    /// Members that gave a value.
    pub succeeded: u64,
    /// Members that failed.
    pub failed: u64,
    /// Members that were cancelled, by the group or otherwise.
    pub cancelled: u64,
    /// Calls of the group's own callbacks that panicked.
    pub panicked_callbacks: u64,
    /// The failure that came first, where no [`on_failure`](Independent::on_failure) has taken it.
    pub first_failure: Option<Failure<E>>,
}

impl<E> Default for Summary<E> {
    fn default() -> Self {
        Self { succeeded: 0, failed: 0, cancelled: 0, panicked_callbacks: 0, first_failure: None }
    }
}

type OnEnd<O, E> = dyn Fn(&Outcome<O, E>) + Send + Sync;
type OnFailure<E> = dyn Fn(Failure<E>) + Send + Sync;

/// What all clones of a handle share: when it is dropped, nobody is left to wait for the members.
struct Handle<O, E>(Arc<Members<O, E>>);

impl<O, E> Drop for Handle<O, E> {
    fn drop(&mut self) {
        if !self.0.state().detached {
            self.0.cancel.cancel();
        }
    }
}

/// What the handles and the members share.
struct Members<O, E> {
    tasks: TaskTracker,
    cancel: CancellationToken,
    drain: CancellationToken,
    state: Mutex<State<O, E>>,
}

struct State<O, E> {
    on_end: Option<Arc<OnEnd<O, E>>>,
    on_failure: Option<Arc<OnFailure<E>>>,
    detached: bool,
    summary: Summary<E>,
}

impl<O, E> Default for Members<O, E> {
    fn default() -> Self {
        let tasks = TaskTracker::new();
        // Only then its `wait` may end; it takes further tasks none the less.
        tasks.close();
        let state = State { on_end: None, on_failure: None, detached: false, summary: Summary::default() };
        Self { tasks, cancel: CancellationToken::new(), drain: CancellationToken::new(), state: Mutex::new(state) }
    }
}

impl<O, E> Members<O, E> {
    fn state(&self) -> MutexGuard<'_, State<O, E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A member has ended. Callbacks run without the lock: they may call the group.
    fn ended(&self, outcome: Outcome<O, E>) {
        let (on_end, on_failure) = {
            let mut state = self.state();
            let State { summary, .. } = &mut *state;
            match &outcome.result {
                Ok(_) => summary.succeeded += 1,
                Err(failure) if matches!(failure.cause(), Cause::Cancelled) => summary.cancelled += 1,
                Err(_) => summary.failed += 1,
            }
            (state.on_end.clone(), state.on_failure.clone())
        };
        if let Some(on_end) = on_end {
            self.call(|| on_end(&outcome));
        }
        let Err(failure) = outcome.result else { return };
        if matches!(failure.cause(), Cause::Cancelled) {
            return;
        }
        match on_failure {
            Some(on_failure) => self.call(|| on_failure(failure)),
            None => self.keep(failure),
        }
    }

    /// Keeps the first failure that nobody has asked for.
    fn keep(&self, failure: Failure<E>) {
        let first = &mut self.state().summary.first_failure;
        if first.is_none() {
            *first = Some(failure);
        }
    }

    /// Calls the user's code, which may panic.
    fn call(&self, callback: impl FnOnce()) {
        if catch_unwind(AssertUnwindSafe(callback)).is_err() {
            self.state().summary.panicked_callbacks += 1;
        }
    }
}

impl<O, E> Independent<O, E> {
    /// Calls `callback` with each failure of a member, once, when the member has ended. A member that was cancelled has
    /// not failed; one that did not drain in time has. Takes the place of a callback set before.
    ///
    /// It runs in the member's task, possibly on several threads at once, and should be brief. If it panics, the panic
    /// is counted ([`Summary::panicked_callbacks`]) and everything goes on. A handle of this group that it keeps is never
    /// the last one: then dropping the others cancels nothing.
    pub fn on_failure(self, callback: impl Fn(Failure<E>) + Send + Sync + 'static) -> Self {
        self.members().state().on_failure = Some(Arc::new(callback));
        self
    }

    /// Calls `callback` with the outcome of each member, however it ended, before [`on_failure`](Self::on_failure)
    /// is called. What is said there about the callback holds here too.
    pub fn on_end(self, callback: impl Fn(&Outcome<O, E>) + Send + Sync + 'static) -> Self {
        self.members().state().on_end = Some(Arc::new(callback));
        self
    }

    /// How many members run.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members().tasks.len()
    }

    /// Whether no member runs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members().tasks.is_empty()
    }

    /// Stops all members gracefully: see [`Running::shutdown`](crate::Running::shutdown). Members spawned later are
    /// stopped likewise as soon as they have started. A request: it waits for nobody.
    pub fn shutdown(&self) {
        self.members().drain.cancel();
    }

    /// Stops all members now. Members spawned later end without having started. A request: it waits for nobody.
    pub fn cancel(&self) {
        self.members().cancel.cancel();
    }

    /// Lets the members go on by themselves, whatever becomes of this and of all other handles.
    pub fn detach(self) {
        self.members().state().detached = true;
    }

    fn members(&self) -> &Arc<Members<O, E>> {
        &self.0.0
    }

    /// Waits until no member runs, and says how those that have ended did so.
    ///
    /// With no member it returns at once; other handles may spawn more of them later. Each failure that is kept is told
    /// once: [`Summary::first_failure`] goes to the first of several that wait.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops this handle: if it is the last one, all members are cancelled.
    pub async fn wait(self) -> Summary<E> {
        self.members().tasks.wait().await;
        let summary = &mut self.members().state().summary;
        Summary { first_failure: summary.first_failure.take(), ..*summary }
    }
}

impl<O: Send + 'static, E: Send + Sync + 'static> Independent<O, E> {
    /// Starts a pipeline as a member of the group.
    ///
    /// # Panics
    ///
    /// As [`Pipeline::run`].
    pub fn spawn(&self, pipeline: Pipeline<O, E>) {
        let members = self.members().clone();
        let shutdown = members.drain.clone().cancelled_owned();
        let supervisor = pipeline.cancel_on(members.cancel.clone()).shutdown_on(shutdown).start();
        self.members().tasks.spawn(async move { members.ended(supervisor.supervise().await) });
    }
}

impl<O, E> Clone for Independent<O, E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<O, E> fmt::Debug for Independent<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Independent").field("len", &self.len()).finish_non_exhaustive()
    }
}
