//! What every test here stands on: both kinds of runtime, a real-time limit, and the count of what is alive.

use std::fmt;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use pipeline_runtime::{Cause, Failure, Outcome, Pipeline, Report, Running, StageState};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::Semaphore;

/// Longer than any of these tests takes; who comes here hangs.
const LIMIT: Duration = Duration::from_secs(60);

/// The number of tasks and guards must be 0 this soon after a run.
const SOON: Duration = Duration::from_secs(10);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// `current_thread`.
    One,
    /// `multi_thread` with two workers.
    Two,
    /// `current_thread` with the clock stopped: time passes when all tasks wait.
    Paused,
}

impl On {
    fn runtime(self, blocking: usize) -> Runtime {
        let mut builder = match self {
            On::Two => Builder::new_multi_thread(),
            On::One | On::Paused => Builder::new_current_thread(),
        };
        builder.worker_threads(2).max_blocking_threads(blocking).enable_all();
        builder.start_paused(self == On::Paused);
        builder.build().unwrap()
    }
}

/// Runs a test on both runtimes.
#[track_caller]
pub fn both<F, T>(test: F)
where
    F: Fn(Live) -> T + Send + Clone + 'static,
    T: Future<Output = ()> + 'static,
{
    on(On::One, test.clone());
    on(On::Two, test);
}

/// Runs a test with the clock stopped.
#[track_caller]
pub fn paused<F, T>(test: F)
where
    F: Fn(Live) -> T + Send + 'static,
    T: Future<Output = ()> + 'static,
{
    on(On::Paused, test);
}

/// Runs a test on both runtimes and with the clock stopped.
#[track_caller]
pub fn all<F, T>(test: F)
where
    F: Fn(Live) -> T + Send + Clone + 'static,
    T: Future<Output = ()> + 'static,
{
    both(test.clone());
    paused(test);
}

/// Runs a test on one kind of runtime.
#[track_caller]
pub fn on<F, T>(kind: On, test: F)
where
    F: Fn(Live) -> T + Send + 'static,
    T: Future<Output = ()> + 'static,
{
    with_blocking_threads(kind, 64, test);
}

/// Runs a test with so many blocking threads; afterwards nothing of it is left.
#[track_caller]
pub fn with_blocking_threads<F, T>(kind: On, blocking: usize, test: F)
where
    F: Fn(Live) -> T + Send + 'static,
    T: Future<Output = ()> + 'static,
{
    limited(kind, blocking, LIMIT, test);
}

/// Runs a test that may take so long.
#[track_caller]
pub fn limited<F, T>(kind: On, blocking: usize, limit: Duration, test: F)
where
    F: Fn(Live) -> T + Send + 'static,
    T: Future<Output = ()> + 'static,
{
    within(kind, blocking, limit, Box::new(move |live| Box::pin(test(live))));
}

/// A test of whatever type: what runs it is compiled once.
type Test = Box<dyn Fn(Live) -> Pin<Box<dyn Future<Output = ()>>> + Send>;

#[track_caller]
fn within(kind: On, blocking: usize, limit: Duration, test: Test) {
    let at = Location::caller();
    let live = Live::default();
    let seen = live.clone();
    let (tx, rx) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = kind.runtime(blocking);
        let result = catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(async {
                test(live.clone()).await;
                live.settled().await;
            });
        }));
        runtime.shutdown_background();
        drop(tx.send(result));
    });
    match rx.recv_timeout(limit) {
        Ok(Ok(())) => {}
        Ok(Err(panic)) => {
            eprintln!("on {kind:?}, at {at}, after step {:?}", seen.last_step());
            resume_unwind(panic)
        }
        Err(_) => panic!("hangs on {kind:?}, at {at}, in step {:?}, {} guards alive", seen.last_step(), seen.count()),
    }
}

/// Counts what is alive: each body that matters holds a guard.
#[derive(Clone, Default)]
pub struct Live {
    count: Arc<AtomicUsize>,
    step: Arc<Mutex<&'static str>>,
}

pub struct Guard(Arc<AtomicUsize>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

impl Live {
    #[must_use]
    pub fn guard(&self) -> Guard {
        self.count.fetch_add(1, SeqCst);
        Guard(self.count.clone())
    }

    pub fn count(&self) -> usize {
        self.count.load(SeqCst)
    }

    /// Names what the test does next, for the message of one that hangs.
    pub fn step(&self, step: &'static str) {
        *self.step.lock().unwrap() = step;
    }

    fn last_step(&self) -> &'static str {
        *self.step.lock().unwrap()
    }

    /// No guard and no task is left, very soon.
    pub async fn settled(&self) {
        let since = Instant::now();
        loop {
            let (guards, tasks) = (self.count(), Handle::current().metrics().num_alive_tasks());
            if guards == 0 && tasks == 0 {
                return;
            }
            assert!(since.elapsed() < SOON, "{guards} guards and {tasks} tasks are left");
            tokio::task::yield_now().await;
        }
    }

    /// Runs a pipeline to its end and checks what holds after every run.
    pub async fn run<O: Send + 'static, E: Send + Sync + 'static>(
        &self,
        pipeline: Pipeline<O, E>,
    ) -> Result<O, Failure<E>> {
        self.wait(pipeline.spawn()).await.result
    }

    /// Waits for a run and checks what holds after every run.
    pub async fn wait<O: Send + 'static, E: Send + Sync + 'static>(&self, running: Running<O, E>) -> Outcome<O, E> {
        self.wait_for_walk(running, "").await
    }

    /// As [`wait`](Self::wait), of a pipeline whose stage `walk` finds items by itself.
    pub async fn wait_for_walk<O: Send + 'static, E: Send + Sync + 'static>(
        &self,
        running: Running<O, E>,
        walk: &str,
    ) -> Outcome<O, E> {
        let outcome = running.wait().await;
        assert_eq!(self.count(), 0, "a body has outlived the run\n{}", outcome.report);
        accounted_but_for(&outcome.report, walk);
        outcome
    }
}

/// What holds of the report after every run.
pub fn accounted(report: &Report) {
    accounted_but_for(report, "");
}

/// What holds of the report after every run; the stage `walk` finds items by itself.
pub fn accounted_but_for(report: &Report, walk: &str) {
    assert_eq!(report.imbalance(), None, "\n{report}");
    for stage in &report.stages {
        assert_ne!(stage.state, StageState::Running, "\n{report}");
    }
    for edge in &report.edges {
        let consumer = report.stage(&edge.to).unwrap();
        let inputs: u64 = report.edges.iter().filter(|other| other.to == edge.to).map(|edge| edge.received).sum();
        // `zip` makes one item of several.
        if report.edges.iter().filter(|other| other.to == edge.to).count() == 1 {
            let found = edge.to == walk && inputs < consumer.received;
            assert!(found || inputs == consumer.received, "into `{}`\n{report}", edge.to);
        }
    }
}

/// Waits until all tasks wait, on a runtime with a stopped clock: only then it goes on.
pub async fn quiet() {
    tokio::time::sleep(Duration::from_millis(1)).await;
}

/// A gate that lets through as many as it was told to, in tasks and on threads.
#[derive(Clone)]
pub struct Gate(Arc<Semaphore>);

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(0)))
    }
}

impl Gate {
    pub fn let_through(&self, n: usize) {
        self.0.add_permits(n);
    }

    pub fn open(&self) {
        self.0.close();
    }

    pub async fn pass(&self) {
        if let Ok(permit) = self.0.acquire().await {
            permit.forget();
        }
    }

    /// For bodies on threads.
    pub fn pass_blocking(&self) {
        let mut pass = std::pin::pin!(self.pass());
        let waker = std::task::Waker::from(Arc::new(Unpark(std::thread::current())));
        let mut cx = std::task::Context::from_waker(&waker);
        while pass.as_mut().poll(&mut cx).is_pending() {
            std::thread::park();
        }
    }
}

struct Unpark(std::thread::Thread);

impl std::task::Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Counts, across clones.
#[derive(Clone, Default)]
pub struct Counter(Arc<AtomicUsize>);

impl Counter {
    pub fn add(&self) -> usize {
        self.0.fetch_add(1, SeqCst)
    }

    pub fn get(&self) -> usize {
        self.0.load(SeqCst)
    }

    pub fn set(&self, n: usize) {
        self.0.store(n, SeqCst);
    }

    pub fn at_least(&self, n: usize) {
        self.0.fetch_max(n, SeqCst);
    }
}

/// A list that everybody may add to.
#[derive(Debug)]
pub struct Log<T>(Arc<Mutex<Vec<T>>>);

impl<T> Clone for Log<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Log<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T: Clone> Log<T> {
    pub fn push(&self, item: T) {
        self.0.lock().unwrap().push(item);
    }

    pub fn all(&self) -> Vec<T> {
        self.0.lock().unwrap().clone()
    }

    pub fn len(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

/// The error of pipelines that name one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wrong {
    Number(std::num::ParseIntError),
    At(u64),
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wrong::Number(error) => write!(f, "no number: {error}"),
            Wrong::At(n) => write!(f, "wrong at {n}"),
        }
    }
}

impl std::error::Error for Wrong {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Wrong::Number(error) => Some(error),
            Wrong::At(_) => None,
        }
    }
}

impl From<std::num::ParseIntError> for Wrong {
    fn from(error: std::num::ParseIntError) -> Self {
        Wrong::Number(error)
    }
}

/// Fails at one item.
pub fn wrong_at(bad: u64, n: u64) -> Result<u64, Wrong> {
    if n == bad { Err(Wrong::At(n)) } else { Ok(n) }
}

#[track_caller]
pub fn is_cancelled<O: fmt::Debug, E: fmt::Debug>(result: Result<O, Failure<E>>) -> Failure<E> {
    let failure = result.unwrap_err();
    assert!(matches!(failure.cause(), Cause::Cancelled), "{failure}");
    assert_eq!(failure.stage(), None);
    failure
}

/// The stages that were named by a drain time that was exceeded.
#[track_caller]
pub fn exceeded<O: fmt::Debug, E: fmt::Debug>(result: Result<O, Failure<E>>) -> Vec<&'static str> {
    let failure = result.unwrap_err();
    match failure.cause() {
        Cause::DrainExceeded { stages, .. } => stages.clone(),
        _ => panic!("{failure}"),
    }
}

/// A stream that never gives anything, with a guard.
pub fn quiet_stream<T>(guard: Guard) -> impl futures::Stream<Item = T> + Send {
    futures::stream::poll_fn(move |_| {
        let _ = &guard;
        std::task::Poll::Pending
    })
}

/// A stream that gives `items` and then nothing for ever, with a guard.
pub fn then_quiet<T: Send>(
    items: impl IntoIterator<Item = T, IntoIter: Send>,
    guard: Guard,
) -> impl futures::Stream<Item = T> + Send {
    use futures::StreamExt;
    futures::stream::iter(items).chain(quiet_stream(guard))
}
