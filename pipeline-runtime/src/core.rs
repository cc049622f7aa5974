//! What all tasks of one run share: the stop flags and the counters.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::*};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::task;
use tokio::time::Instant;

use crate::counted::Counted;
use crate::graph::{Graph, StageKind};
use crate::policy::Budget;
use crate::report::{EdgeReport, Report, StageReport, StageState};
use crate::signal::Signal;

/// The part of a run that does not know the pipeline's error type.
pub struct Core {
    graph: Graph,
    budget: Option<Budget>,
    /// How long a stop may take.
    drain_time: Duration,
    /// A graceful stop has taken that long.
    drain_is_over: AtomicBool,
    /// Tasks that were told to leave and finish what they have begun.
    finishing: AtomicUsize,
    started: Instant,
    /// The same on the system's clock.
    begun: std::time::Instant,
    /// The run was stopped: every wait of every task ends.
    cancel: Signal,
    /// A graceful stop: sources end, everything else goes on.
    drain: Signal,
    stages: Box<[StageMeter]>,
    /// Those of stages that share a task have none.
    edges: Box<[OnceLock<Arc<EdgeMeter>>]>,
    /// Tasks that have not ended, and the start, until all of them are there.
    tasks: AtomicUsize,
    /// The last of them has gone.
    ended: Signal,
    /// Which tasks these are: one of them cannot wait for the end of the run.
    task_ids: Mutex<Vec<task::Id>>,
}

impl Core {
    pub(crate) fn new(graph: Graph, budget: Option<Budget>, drain_time: Duration) -> Self {
        let mut stages: Vec<StageMeter> = Vec::with_capacity(graph.stages.len());
        for (index, stage) in graph.stages.iter().enumerate() {
            // A sink is its own consumer: it has a value to come to, also when nobody reads its rejects any more.
            let own = usize::from(stage.kind == StageKind::Sink);
            let outputs = graph.edges.iter().filter(|edge| edge.from == index).count();
            let host = if stage.is_inline() { graph.edges.iter().find(|edge| edge.to == index) } else { None };
            let host = host.map(|edge| edge.from);
            // In topological order: the host's own place is known.
            let home = host.map_or(index, |host| stages[host].home);
            if host.is_some() {
                stages[home].has_guests = true;
            }
            stages.push(StageMeter::new(outputs + own, home, host));
        }
        Self {
            budget,
            drain_time,
            drain_is_over: AtomicBool::new(false),
            finishing: AtomicUsize::new(0),
            started: Instant::now(),
            begun: std::time::Instant::now(),
            cancel: Signal::default(),
            drain: Signal::default(),
            stages: stages.into(),
            edges: graph.edges.iter().map(|_| OnceLock::new()).collect(),
            tasks: AtomicUsize::new(1),
            ended: Signal::default(),
            task_ids: Mutex::default(),
            graph,
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.graph.name
    }

    /// When the run was started.
    pub(crate) fn started(&self) -> Instant {
        self.started
    }

    /// The same on the system's clock, which goes on while tokio's is paused.
    pub(crate) fn begun(&self) -> std::time::Instant {
        self.begun
    }

    /// How much may be tried again, if there is a limit.
    pub(crate) fn budget(&self) -> Option<&Budget> {
        self.budget.as_ref()
    }

    pub(crate) fn graph(&self) -> &Graph {
        &self.graph
    }

    pub(crate) fn stage_name(&self, stage: usize) -> &'static str {
        self.graph.stages.get(stage).map_or("", |stage| stage.name)
    }

    pub(crate) fn stage(&self, stage: usize) -> &StageMeter {
        &self.stages[stage]
    }

    pub(crate) fn edge(&self, edge: usize) -> &Arc<EdgeMeter> {
        self.edges[edge].get_or_init(Arc::default)
    }

    /// A task of the run begins: the run does not end before it.
    pub(crate) fn task_begins(&self) {
        self.tasks.fetch_add(1, AcqRel);
    }

    /// A task of the run, or its start, has ended.
    pub(crate) fn task_has_ended(&self) {
        if self.tasks.fetch_sub(1, AcqRel) == 1 {
            self.ended.give();
        }
    }

    /// All tasks have ended.
    pub(crate) fn ended(&self) -> &Signal {
        &self.ended
    }

    fn task_ids(&self) -> std::sync::MutexGuard<'_, Vec<task::Id>> {
        self.task_ids.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The task that calls this is one of the run.
    pub(crate) fn enlist(&self) {
        self.task_ids().extend(task::try_id());
    }

    /// Whether the task that calls this is one of the run.
    pub(crate) fn runs_here(&self) -> bool {
        task::try_id().is_some_and(|id| self.task_ids().contains(&id))
    }

    /// The run was stopped.
    pub(crate) fn cancelled(&self) -> &Signal {
        &self.cancel
    }

    /// Ends every task at its next await or time slice. The reason has been recorded before.
    pub(crate) fn stop(&self) {
        for stage in &self.stages {
            stage.leave.give();
            stage.look_up.store(true, Release);
        }
        self.cancel.give();
    }

    /// How long a stop may take.
    pub(crate) fn drain_time(&self) -> Duration {
        self.drain_time
    }

    /// A graceful stop has taken that long: nothing is finished any more.
    pub(crate) fn end_drain(&self) {
        self.drain_is_over.store(true, Release);
    }

    pub(crate) fn drain_is_over(&self) -> bool {
        self.drain_is_over.load(Acquire)
    }

    /// A task finishes what it has begun, until the guard is dropped.
    pub(crate) fn finishing(&self) -> Counted<'_> {
        Counted::new(&self.finishing)
    }

    /// Whether any task does.
    pub(crate) fn is_finishing(&self) -> bool {
        self.finishing.load(Acquire) > 0
    }

    /// The sources were asked to stop.
    pub(crate) fn drain(&self) -> &Signal {
        &self.drain
    }

    /// Asks the sources to stop; a request, not a wait.
    pub(crate) fn shutdown(&self) {
        self.drain.give();
        self.stages.iter().for_each(|stage| stage.look_up.store(true, Release));
    }

    /// Resolves when a source is to stop, gracefully or not.
    pub(crate) async fn source_stops(&self, stage: usize) {
        tokio::select! {
            () = self.stage(stage).leave.wait() => {}
            () = self.drain.wait() => {}
        }
    }

    /// Whether the sources have been asked to stop.
    #[inline]
    pub(crate) fn is_draining(&self) -> bool {
        self.drain.is_given()
    }

    /// The consumer of one of the stage's outputs has gone; with the last one the stage has nobody to work for.
    pub(crate) fn output_gone(&self, stage: usize) {
        if self.stage(stage).open_outputs.fetch_sub(1, AcqRel) == 1 {
            self.leave(stage);
        }
    }

    /// The stage needs no further item. A task that has none but such stages is ended.
    pub(crate) fn leave(&self, stage: usize) {
        let meter = self.stage(stage);
        if meter.gone.swap(true, AcqRel) {
            return;
        }
        meter.leave.give();
        meter.look_up.store(true, Release);
        if let Some(host) = meter.host {
            self.output_gone(host);
        }
    }

    /// Resolves when the task that the stage runs in is to leave.
    pub(crate) fn left(&self, stage: usize) -> impl Future<Output = ()> {
        self.home(stage).leave.wait()
    }

    /// Whether the task that the stage runs in has anybody left to work for.
    pub(crate) fn task_is_needed(&self, stage: usize) -> bool {
        !self.home(stage).leave.is_given()
    }

    /// The meter of the stage in whose task this one runs: its own, unless it is inline.
    fn home(&self, stage: usize) -> &StageMeter {
        self.stage(self.stage(stage).home)
    }

    /// From now on a panic outside of any item is this stage's.
    pub(crate) fn at_work(&self, stage: usize) {
        self.home(stage).at_work.store(stage, Relaxed);
    }

    /// Items of `stage` are dropped in hand by a panic: tells whether the panic struck these. Where stages share a task,
    /// or (`in_flight`) halves of a stage and its bodies do, it is the innermost one, which is dropped first.
    pub(crate) fn struck_by_panic(&self, stage: usize, in_flight: bool) -> bool {
        let home = self.home(stage);
        if !home.has_guests && !in_flight {
            return true;
        }
        let first = !home.panicked.swap(true, AcqRel);
        if first {
            self.at_work(stage);
        }
        first
    }

    /// The stage that a panic in the task of `stage` has come from.
    pub(crate) fn panicked_in(&self, stage: usize) -> usize {
        if self.stage(stage).has_guests { self.stage(stage).at_work.load(Relaxed) } else { stage }
    }

    /// Names of the stages that have not ended, or not in time.
    pub(crate) fn unfinished(&self) -> Vec<&'static str> {
        let running = (0..self.stages.len()).filter(|stage| {
            let home = self.home(*stage);
            home.running.load(Acquire) > 0 || home.overran.load(Acquire)
        });
        running.map(|index| self.stage_name(index)).collect()
    }

    /// The account as it stands.
    pub(crate) fn report(&self) -> Report {
        let names = |index: usize| self.stage_name(index).to_owned();
        let stages = self.graph.stages.iter().zip(&self.stages).map(|(stage, meter)| StageReport {
            name: stage.name.to_owned(),
            kind: stage.kind,
            workers: meter.workers.load(Relaxed),
            state: self.stage(meter.home).state(),
            received: meter.received.load(Relaxed),
            emitted: meter.emitted.load(Relaxed),
            done: meter.done.load(Relaxed),
            filtered: meter.filtered.load(Relaxed),
            skipped: meter.skipped.load(Relaxed),
            rejected: meter.rejected.load(Relaxed),
            failed: meter.failed.load(Relaxed),
            discarded: meter.discarded.load(Relaxed),
            attempts: meter.attempts.load(Relaxed),
            retries: meter.retries.load(Relaxed),
            timeouts: meter.timeouts.load(Relaxed),
            refused: meter.refused.load(Relaxed),
            paused: Duration::from_nanos(meter.paused.load(Relaxed)),
            rate_wait: Duration::from_nanos(meter.rate_wait.load(Relaxed)),
            limit_wait: Duration::from_nanos(meter.limit_wait.load(Relaxed)),
        });
        let edges = self.graph.edges.iter().zip(&self.edges);
        let edges = edges.filter(|(edge, _)| self.stages.get(edge.to).is_none_or(|to| to.host.is_none()));
        let edges = edges.map(|(edge, meter)| {
            let meter = meter.get_or_init(Arc::default);
            EdgeReport {
                name: edge.name.to_owned(),
                from: names(edge.from),
                to: names(edge.to),
                capacity: meter.capacity.load(Relaxed),
                sent: meter.sent.load(Relaxed),
                received: meter.received.load(Relaxed),
                abandoned: meter.abandoned.load(Relaxed),
                dropped: meter.dropped.load(Relaxed),
            }
        });
        Report {
            name: self.name().to_owned(),
            elapsed: self.started.elapsed(),
            failure: None,
            stages: stages.collect(),
            edges: edges.collect(),
        }
    }
}

/// The counters of a stage, in its input's items.
pub struct StageMeter {
    /// Ends the stage's tasks: the run was stopped, or all its consumers have gone.
    pub(crate) leave: Signal,
    /// The same or a graceful stop, for a source to read between items.
    pub(crate) look_up: AtomicBool,
    open_outputs: AtomicUsize,
    /// No further item is needed.
    pub(crate) gone: AtomicBool,
    /// The stage whose task this one runs in.
    home: usize,
    /// The stage inside whose body this one runs, if it is inline.
    host: Option<usize>,
    /// Other stages run inside this one's task.
    has_guests: bool,
    /// The one that a panic outside of any item is put down to.
    at_work: AtomicUsize,
    /// An ordered stage that has met an error takes no further unit.
    pub(crate) intake_closed: AtomicBool,
    /// A panic has been put down to the items that it struck: those of a body in flight, or of one stage among several
    /// in a task.
    pub(crate) panicked: AtomicBool,
    /// What it had begun was not finished within the drain time.
    pub(crate) overran: AtomicBool,
    pub(crate) workers: AtomicUsize,
    running: AtomicUsize,
    pub(crate) received: AtomicU64,
    pub(crate) emitted: AtomicU64,
    pub(crate) done: AtomicU64,
    pub(crate) filtered: AtomicU64,
    pub(crate) skipped: AtomicU64,
    pub(crate) rejected: AtomicU64,
    pub(crate) failed: AtomicU64,
    pub(crate) discarded: AtomicU64,
    #[cfg(feature = "tracing")]
    pub(crate) skip_log: crate::skip_log::SkipLog,
    /// Bodies begun, in a stage with policies.
    pub(crate) attempts: AtomicU64,
    /// Of those: again.
    pub(crate) retries: AtomicU64,
    /// Of those: not ended in time.
    pub(crate) timeouts: AtomicU64,
    /// Items that an open breaker has let fail.
    pub(crate) refused: AtomicU64,
    /// How long items have waited for the breaker, in nanoseconds.
    pub(crate) paused: AtomicU64,
    /// For the rate.
    pub(crate) rate_wait: AtomicU64,
    /// For a permit of the limit.
    pub(crate) limit_wait: AtomicU64,
}

impl StageMeter {
    fn new(outputs: usize, home: usize, host: Option<usize>) -> Self {
        Self {
            leave: Signal::default(),
            look_up: AtomicBool::new(false),
            open_outputs: AtomicUsize::new(outputs),
            gone: AtomicBool::new(false),
            home,
            host,
            has_guests: false,
            at_work: AtomicUsize::new(home),
            intake_closed: AtomicBool::new(false),
            panicked: AtomicBool::new(false),
            overran: AtomicBool::new(false),
            workers: AtomicUsize::new(0),
            running: AtomicUsize::new(0),
            received: AtomicU64::new(0),
            emitted: AtomicU64::new(0),
            done: AtomicU64::new(0),
            filtered: AtomicU64::new(0),
            skipped: AtomicU64::new(0),
            rejected: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            discarded: AtomicU64::new(0),
            #[cfg(feature = "tracing")]
            skip_log: Default::default(),
            attempts: AtomicU64::new(0),
            retries: AtomicU64::new(0),
            timeouts: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            paused: AtomicU64::new(0),
            rate_wait: AtomicU64::new(0),
            limit_wait: AtomicU64::new(0),
        }
    }

    /// Tells the task's number among the stage's workers.
    pub(crate) fn task_starts(&self) -> usize {
        self.running.fetch_add(1, AcqRel);
        self.workers.fetch_add(1, AcqRel)
    }

    pub(crate) fn task_ends(&self) {
        self.running.fetch_sub(1, AcqRel);
    }

    fn state(&self) -> StageState {
        match (self.workers.load(Acquire), self.running.load(Acquire)) {
            (0, _) => StageState::Waiting,
            (_, 0) => StageState::Ended,
            _ => StageState::Running,
        }
    }
}

/// The counters of an edge, in items.
#[derive(Default)]
pub struct EdgeMeter {
    pub(crate) capacity: AtomicUsize,
    pub(crate) sent: AtomicU64,
    pub(crate) received: AtomicU64,
    pub(crate) abandoned: AtomicU64,
    /// Of the abandoned: by a lossy edge that was full.
    pub(crate) dropped: AtomicU64,
}
