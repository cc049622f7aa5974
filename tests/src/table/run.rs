//! One run: everything in it follows from its seed.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::Ordering::*;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use pipeline_runtime::Pipeline;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio_util::sync::CancellationToken;

use super::model::Order;
use super::{Fault, FaultKind, Injected, Input, Item, Model, Track, check, mix};

/// The inputs that a run may have.
const INPUTS: usize = 4;

/// How a run is started and stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// `spawn()`, and the methods of `Running`.
    Running,
    /// `run()`, and tokens given to the `Pipeline`.
    Future,
    /// `spawn()`, then the future of `wait()`.
    Waiting,
}

/// The runtime that a run runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuntimeKind {
    /// All tasks on one thread.
    CurrentThread,
    /// All tasks on one thread, and time moves only when nothing else does.
    Paused,
    /// Two worker threads.
    MultiThread,
}

impl RuntimeKind {
    pub(super) fn build(self) -> tokio::runtime::Runtime {
        let mut builder = match self {
            Self::MultiThread => tokio::runtime::Builder::new_multi_thread(),
            _ => tokio::runtime::Builder::new_current_thread(),
        };
        if self == Self::MultiThread {
            builder.worker_threads(2);
        }
        #[expect(clippy::expect_used, reason = "without a runtime there is no test")]
        builder.enable_all().start_paused(self == Self::Paused).build().expect("a runtime")
    }
}

/// The future of a case.
pub type Trial = Pin<Box<dyn Future<Output = Result<(), String>>>>;

/// What a case builds its pipeline from.
pub struct Run {
    /// Items that edges hold.
    pub buffer: usize,
    /// Parallel tasks of a stage.
    pub workers: usize,
    /// Bodies in flight.
    pub in_flight: usize,
    /// For whatever a case may want to vary.
    pub n: usize,
    pub(super) early: bool,
    pub(super) early_branch: bool,
    pub(super) retries: bool,
    pub(super) unaccounted: bool,
    pub(super) finds: bool,
    pub(super) shared: Arc<Shared>,
}

/// What a run, its inputs, its faults and its model share.
pub(super) struct Shared {
    pub(super) seed: u64,
    pub(super) fault: FaultKind,
    pub(super) mode: Mode,
    /// Which of the places, of the inputs and of its items it is, once it is known how many there are.
    picked: [usize; 3],
    sources: AtomicUsize,
    sites: AtomicUsize,
    pub(super) fired: AtomicBool,
    pub(super) fired_in: OnceLock<&'static str>,
    /// The run is to be stopped.
    pub(super) signal: CancellationToken,
    /// The run is over: what feeds an input by itself ends.
    pub(super) closed: CancellationToken,
    lens: [usize; INPUTS],
    /// The pipeline ends by itself, whatever its inputs do.
    ends: AtomicBool,
    modulus: u64,
    pub(super) taken: [AtomicUsize; INPUTS],
    pub(super) token: Arc<()>,
    tracks: Mutex<Vec<(Track, Order)>>,
}

impl Run {
    /// The run of a seed. The fault and the buffer are given, so that all combinations come by.
    pub(super) fn new(seed: u64, fault: FaultKind, buffer: usize) -> Self {
        let mut rng = SmallRng::seed_from_u64(seed);
        let mut len = || match rng.random_range(0..16) {
            0 => rng.random_range(0..2),
            1..6 => rng.random_range(2..24),
            6..14 => rng.random_range(24..300),
            _ => rng.random_range(300..1500),
        };
        let lens = [len(), len(), len(), len()];
        let shared = Shared {
            seed,
            fault,
            mode: [Mode::Running, Mode::Future, Mode::Waiting][rng.random_range(0..3)],
            picked: [rng.random_range(0..12), rng.random_range(0..12), rng.random_range(0..1 << 20)],
            sources: AtomicUsize::new(1),
            sites: AtomicUsize::new(1),
            fired: AtomicBool::new(false),
            fired_in: OnceLock::new(),
            signal: CancellationToken::new(),
            closed: CancellationToken::new(),
            lens,
            ends: AtomicBool::new(false),
            modulus: [5, 30, 1000][rng.random_range(0..3)],
            taken: Default::default(),
            token: Arc::default(),
            tracks: Mutex::default(),
        };
        Self {
            buffer,
            workers: [1, 2, 3, 8][rng.random_range(0..4)],
            in_flight: [1, 2, 7, 64][rng.random_range(0..4)],
            n: [1, 2, 3, 10, 100][rng.random_range(0..5)],
            early: false,
            early_branch: false,
            retries: false,
            unaccounted: false,
            finds: false,
            shared: Arc::new(shared),
        }
    }

    /// The run's inputs.
    pub fn inputs<const N: usize>(&self) -> [Input; N] {
        self.shared.sources.store(N, SeqCst);
        std::array::from_fn(|source| Input { shared: self.shared.clone(), source })
    }

    /// The places at which the run's fault may happen, by the stages that they are in. It happens at one of them.
    pub fn faults<const N: usize>(&self, stages: [&'static str; N]) -> [Fault; N] {
        self.shared.sites.store(N, SeqCst);
        let mut site = 0..;
        stages.map(|stage| Fault { shared: self.shared.clone(), stage, site: site.next().unwrap_or(0) })
    }

    fn add_tracks<const N: usize>(&self, names: [&'static str; N], order: Order) -> [Track; N] {
        names.map(|name| {
            let track = Track { name, seen: Arc::default() };
            self.shared.tracks().push((track.clone(), order));
            track
        })
    }

    /// Tracks behind all places of faults, in the order of the input.
    pub fn tracks<const N: usize>(&self, names: [&'static str; N]) -> [Track; N] {
        self.add_tracks(names, Order::Ordered)
    }

    /// Ordered tracks beside which a fault may happen.
    pub fn tracks_beside<const N: usize>(&self, names: [&'static str; N]) -> [Track; N] {
        self.add_tracks(names, Order::Beside)
    }

    /// Tracks in any order.
    pub fn tracks_unordered<const N: usize>(&self, names: [&'static str; N]) -> [Track; N] {
        self.add_tracks(names, Order::Unordered)
    }

    /// Says that the pipeline may end before its input does.
    #[must_use]
    pub fn early(mut self) -> Self {
        self.early = true;
        self
    }

    /// Says that the pipeline ends by itself, and early: its inputs have no end at all.
    #[must_use]
    pub fn ends(self) -> Self {
        self.shared.ends.store(true, SeqCst);
        self.early()
    }

    /// Says that a branch of the pipeline may end before its input does, and the others go on.
    #[must_use]
    pub fn early_branch(mut self) -> Self {
        self.early_branch = true;
        self
    }

    /// Says that the pipeline gives up sends and makes them again: edges abandon items in a run that ends well.
    #[must_use]
    pub fn retries(mut self) -> Self {
        self.retries = true;
        self
    }

    /// Says that the stage that fails does not see which item it fails on: a source, a `process`.
    #[must_use]
    pub fn unaccounted(mut self) -> Self {
        self.unaccounted = true;
        self
    }

    /// Says that a stage finds items by itself, and so receives more than its edge does.
    #[must_use]
    pub fn finds(mut self) -> Self {
        self.finds = true;
        self
    }

    /// Whether the run is shut down gracefully.
    #[must_use]
    pub fn is_shutdown(&self) -> bool {
        self.shared.fault == FaultKind::Shutdown
    }

    /// Makes an item of a line of [`Input::lines`].
    pub fn parser(&self, source: usize) -> impl FnMut(&str) -> Result<Item, Injected> + Send + 'static {
        let shared = self.shared.clone();
        move |line| {
            let index = shared.taken[source].fetch_add(1, SeqCst);
            Ok(Item { n: line.parse()?, source, index, token: shared.token.clone() })
        }
    }

    /// Runs the pipeline, makes the fault happen, and compares everything with the model.
    pub fn check<O, M>(self, pipeline: Pipeline<O, Injected>, model: M) -> Trial
    where
        O: PartialEq + fmt::Debug + Send + 'static,
        M: Fn(&mut Model<'_>) -> O + 'static,
    {
        Box::pin(check::check(self, pipeline, model))
    }
}

impl Shared {
    pub(super) fn site(&self) -> usize {
        self.picked[0] % self.sites.load(SeqCst)
    }

    pub(super) fn source(&self) -> usize {
        self.picked[1] % self.sources.load(SeqCst)
    }

    /// The item at which the fault happens.
    pub(super) fn index(&self) -> usize {
        self.picked[2] % self.lens[self.source()].max(1)
    }

    pub(super) fn sources(&self) -> usize {
        self.sources.load(SeqCst)
    }

    pub(super) fn len(&self, source: usize) -> usize {
        if self.ends.load(SeqCst) && !self.fault.is_stop() { usize::MAX } else { self.lens[source] }
    }

    pub(super) fn value(&self, source: usize, index: usize) -> u64 {
        mix(mix(self.seed, source as u64), index as u64) % self.modulus
    }

    pub(super) fn taken(&self, source: usize) -> usize {
        self.taken[source].load(SeqCst)
    }

    pub(super) fn tracks(&self) -> MutexGuard<'_, Vec<(Track, Order)>> {
        self.tracks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Items that are alive somewhere.
    pub(super) fn live(&self) -> usize {
        Arc::strong_count(&self.token) - 1
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { buffer, workers, in_flight, n, shared, .. } = self;
        let Shared { fault, mode, lens, modulus, .. } = &**shared;
        write!(
            f,
            "{fault:?}, {mode:?}, buffer {buffer}, workers {workers}, in_flight {in_flight}, n {n}, lens \
             {lens:?}, values below {modulus}"
        )
    }
}
