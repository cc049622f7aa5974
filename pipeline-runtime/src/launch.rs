//! From a description to running tasks: what generated code calls to put a pipeline together.

use std::any::Any;
use std::convert::Infallible;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::*;
use std::task::Poll;

use futures_util::FutureExt;
use tokio_util::sync::WaitForCancellationFutureOwned;
use tokio_util::task::task_tracker::TaskTrackerToken;

use crate::check::Items;
use crate::core::{Core, EdgeMeter};
use crate::edge::{self, Closer, Lossy, LossyReceiver, LossySender, Receiver, Sender};
use crate::failure::Cause;
use crate::flow::Flow;
use crate::layout::Places;
use crate::ledger::Run;
use crate::policy::Policies;
use crate::seldom::Seldom;
use crate::stage::{
    BlockingOutput, Generator, Out, Output, SourceInlet, Task, Way, on_blocking_threads, on_one_thread,
};

/// A run about to start: makes its edges and spawns its tasks.
pub struct Launch<E> {
    run: Arc<Run<E>>,
    buffer: usize,
    /// `None`: the pipeline's own numbers are those of the run.
    places: Option<Arc<Places>>,
}

impl<E: Send + Sync + 'static> Launch<E> {
    pub(crate) fn new(run: Arc<Run<E>>, buffer: usize, places: Option<Arc<Places>>) -> Self {
        Self { run, buffer, places }
    }

    /// The number in the run's graph of what generated code calls stage number `own`.
    fn stage(&self, own: usize) -> usize {
        self.places.as_ref().map_or(own, |places| places.stage(own))
    }

    /// Edge number `own`, of the pipeline's default capacity unless one is given.
    pub fn edge<T>(&self, own: usize, items: Items<T>, capacity: Option<usize>) -> (Sender<T>, Receiver<T>) {
        self.edge_of_run(self.edge_number(own), items, capacity)
    }

    /// The number in the run's graph of edge number `own`.
    fn edge_number(&self, own: usize) -> usize {
        self.places.as_ref().map_or(own, |places| places.edge(own))
    }

    /// As [`edge`](Self::edge), by its number in the run's graph.
    pub(crate) fn edge_of_run<T>(
        &self,
        index: usize,
        _: Items<T>,
        capacity: Option<usize>,
    ) -> (Sender<T>, Receiver<T>) {
        let (meter, producer) = self.account_of(index);
        edge::edge(capacity.unwrap_or(self.buffer), meter, Some(producer))
    }

    /// Where an edge of the run counts, and who feeds it.
    fn account_of(&self, index: usize) -> (Arc<EdgeMeter>, (Arc<Core>, usize)) {
        let core = &self.run.core;
        (core.edge(index).clone(), (core.clone(), core.graph().edges[index].from))
    }

    /// As [`edge`](Self::edge), one that drops when it is full.
    pub fn lossy_edge<T>(
        &self,
        own: usize,
        _: Items<T>,
        capacity: Option<usize>,
        lossy: Lossy,
    ) -> (LossySender<T>, LossyReceiver<T>) {
        let (meter, producer) = self.account_of(self.edge_number(own));
        edge::lossy_edge(capacity.unwrap_or(self.buffer), lossy, meter, Some(producer))
    }

    /// Starts the fragment that stage number `stage` is, between an edge of this pipeline and another.
    pub fn via<I, O, X>(&self, stage: usize, flow: Flow<I, O, X>, input: Receiver<I>, output: Sender<O>)
    where
        X: Send + Sync + 'static,
        E: From<X>,
    {
        let run = Arc::new(self.run.part());
        let places = self.places.as_ref().and_then(|places| places.fragment(stage));
        flow.start(run, places, input, output);
    }

    /// As [`via`](Self::via), of a fragment that nothing comes out of.
    pub fn via_sink<I, X>(&self, stage: usize, flow: Flow<I, Infallible, X>, input: Receiver<I>)
    where
        X: Send + Sync + 'static,
        E: From<X>,
    {
        let (output, _) = edge::edge(0, Arc::default(), None);
        self.via(stage, flow, input, output);
    }

    /// What a task of stage number `stage` holds of the run.
    pub fn task(&self, stage: usize) -> Task<E> {
        self.task_of_run(self.stage(stage))
    }

    /// What stands around the bodies of stage number `stage`: nothing yet.
    pub fn policies<X>(&self, stage: usize) -> Policies<X> {
        Policies::new(self.run.core.clone(), self.stage(stage))
    }

    /// As [`task`](Self::task), by the stage's number in the run's graph.
    pub(crate) fn task_of_run(&self, stage: usize) -> Task<E> {
        Task::new(self.run.clone(), stage)
    }

    /// The two halves of a source: where it puts its items, and what watches over it.
    pub fn source<T: Send>(&self, stage: usize, sender: Sender<T>) -> (Out<T, E>, SourceWatch<T>) {
        self.source_of_run(self.stage(stage), sender)
    }

    fn source_of_run<T: Send>(&self, stage: usize, sender: Sender<T>) -> (Out<T, E>, SourceWatch<T>) {
        let core = &self.run.core;
        let closer = sender.closer();
        let out = Out::new(Way::Edge(sender), self.task_of_run(stage), core.drain().clone());
        let watch = SourceWatch { closer, watch: Watch { core: core.clone(), driving: out.driving() } };
        (out, watch)
    }

    /// The two halves of a generator: where it sends its items, and what watches over it.
    pub fn generator<T>(&self, stage: usize, sender: Sender<T>) -> (Output<T>, Generator<T>) {
        Generator::new(self.run.core.clone(), self.stage(stage), sender)
    }

    /// As [`generator`](Self::generator), for one that blocks.
    pub fn blocking_generator<T>(&self, stage: usize, sender: Sender<T>) -> (BlockingOutput<T>, Generator<T>) {
        Generator::blocking(self.run.core.clone(), self.stage(stage), sender)
    }

    /// Runs the body of a generator that blocks on a thread of its own.
    pub fn spawn_generator<T, F>(&self, stage: usize, generator: Generator<T>, body: F)
    where
        T: Send + 'static,
        F: FnOnce() -> Result<(), E> + Send + 'static,
    {
        let stage = self.stage(stage);
        let (leave, drained) = (self.leave(stage), self.run.core.drain().clone().cancelled_owned());
        let task = async move {
            let stop = async {
                tokio::select! {
                    () = leave => {}
                    () = drained => {}
                }
            };
            let result = on_one_thread(body, stop).await;
            generator.came_back(result)
        };
        self.supervise(stage, task.boxed());
    }

    /// The two halves of a source that shares a task with its reader: where it puts its items, and what becomes the
    /// reader's input.
    pub fn inline_source<T: Send>(&self, stage: usize, _: Items<T>) -> (Out<T, E>, InlineSource<T, E>) {
        let (core, task) = (&self.run.core, || self.task(stage));
        let (way, inlet) = SourceInlet::new(task());
        let out = Out::new(way, task(), core.drain().clone());
        let watch = Watch { core: core.clone(), driving: out.driving() };
        (out, InlineSource { inlet, watch })
    }

    /// Spawns a source by its number in the run's graph.
    pub(crate) fn spawn_source<T, F>(&self, stage: usize, sender: Sender<T>, body: impl FnOnce(Out<T, E>) -> F)
    where
        T: Send + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        let (out, watch) = self.source_of_run(stage, sender);
        let body = watch.run(body(out)).boxed();
        self.supervise(stage, self.until_left(stage, body));
    }

    /// Takes the place of a task, of the stage of this number in the run's graph, that is polled from outside: the run
    /// waits for its end.
    pub(crate) fn seat(&self, stage: usize) -> Seat {
        let core = self.run.core.clone();
        core.stage(stage).task_starts();
        Seat { _token: core.tasks().token(), _ended: Ended { core, stage } }
    }

    /// Spawns a task of stage number `stage`.
    pub fn spawn<F>(&self, stage: usize, body: F)
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        let stage = self.stage(stage);
        self.supervise(stage, self.until_left(stage, body.boxed()));
    }

    /// Spawns a task of stage number `stage` whose code may block.
    pub fn spawn_blocking<F>(&self, stage: usize, body: F)
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        let stage = self.stage(stage);
        self.supervise(stage, on_blocking_threads(body.boxed(), self.leave(stage)));
    }

    /// Runs a task of the stage of this number in the run's graph until it is to leave.
    fn until_left<F>(&self, stage: usize, body: F) -> impl Future<Output = Option<F::Output>> + use<F, E>
    where
        F: Future,
    {
        until(self.leave(stage), self.run.core.stage(stage).left.clone(), body)
    }

    /// Resolves when the tasks of the stage of this number in the run's graph are to leave.
    fn leave(&self, stage: usize) -> WaitForCancellationFutureOwned {
        self.run.core.stage(stage).leave.clone().cancelled_owned()
    }

    /// Runs a task, of the stage of this number in the run's graph, so that whatever becomes of it is recorded, and
    /// recorded before anybody can see the task gone.
    ///
    /// Bodies come boxed, so that few types of tasks exist: for each of them the compiler makes a scheduler's worth of
    /// code.
    fn supervise<F>(&self, stage: usize, task: F)
    where
        F: Future<Output = Option<Result<(), E>>> + Send + 'static,
    {
        let run = self.run.clone();
        let worker = run.core.stage(stage).task_starts();
        let ended = Ended { core: run.core.clone(), stage };
        self.run.core.tasks().spawn(async move {
            run.core.enlist();
            let outcome = catch(task).await;
            let fail = |stage, cause| run.fail(run.in_stage(stage, worker, cause));
            match outcome {
                Ok(Some(Err(error))) => fail(stage, Cause::Error(error)),
                Err(panic) => fail(run.core.panicked_in(stage), Cause::Panic(panic)),
                Ok(Some(Ok(())) | None) => {}
            }
            drop(ended);
        });
    }
}

/// The place of a task that something outside of the run is.
pub(crate) struct Seat {
    // dropped first: nobody sees the seat empty and the task there
    _ended: Ended,
    _token: TaskTrackerToken,
}

/// Tells that a task has ended, also when the runtime drops it.
struct Ended {
    core: Arc<Core>,
    stage: usize,
}

impl Drop for Ended {
    fn drop(&mut self) {
        self.core.stage(self.stage).task_ends();
    }
}

/// Runs `body` until `leave` has resolved; then it is dropped. `left` is set before.
async fn until<F: Future>(leave: impl Future<Output = ()>, left: Arc<AtomicBool>, body: F) -> Option<F::Output> {
    let (mut leave, mut body, mut seldom) = (pin!(leave), pin!(body), Seldom::default());
    poll_fn(|cx| match seldom.poll(leave.as_mut(), left.load(Acquire), cx) {
        Poll::Ready(()) => Poll::Ready(None),
        Poll::Pending => body.as_mut().poll(cx).map(Some),
    })
    .await
}

/// Runs a task to its end, a panic's message included.
async fn catch<F: Future>(task: F) -> Result<F::Output, String> {
    let mut task = pin!(AssertUnwindSafe(task));
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| task.as_mut().poll(cx))) {
        Ok(poll) => poll.map(Ok),
        Err(panic) => Poll::Ready(Err(message(&*panic))),
    })
    .await
}

/// The text of a panic.
pub(crate) fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}

/// Watches over a source: before it gives items, a graceful stop drops it.
struct Watch {
    core: Arc<Core>,
    driving: Arc<AtomicBool>,
}

impl Watch {
    async fn run<E>(self, body: impl Future<Output = Result<(), E>>) -> Result<(), E> {
        let mut body = pin!(body);
        let (mut drained, mut seldom) = (pin!(self.core.drain().cancelled()), Seldom::default());
        poll_fn(|cx| {
            // First the body, once in any case: a receiver that is at hand is closed by its driver, and what it has
            // accepted is delivered.
            let polled = body.as_mut().poll(cx);
            let mut is_drained = || seldom.poll(drained.as_mut(), self.core.is_draining(), cx).is_ready();
            if polled.is_pending() && !self.driving.load(Acquire) && is_drained() {
                return Poll::Ready(Ok(()));
            }
            polled
        })
        .await
    }
}

/// A source that shares a task with its reader, before it has a body.
pub struct InlineSource<T, E> {
    inlet: SourceInlet<T, E>,
    watch: Watch,
}

impl<T: Send, E: Send + Sync + 'static> InlineSource<T, E> {
    /// The reader's input: it runs the source's body.
    pub fn run(mut self, body: impl Future<Output = Result<(), E>> + Send + 'static) -> SourceInlet<T, E> {
        self.inlet.fed_by(Box::pin(self.watch.run(body)));
        self.inlet
    }
}

/// Watches over a source, and ends its edge.
pub struct SourceWatch<T> {
    closer: Closer<T>,
    watch: Watch,
}

impl<T> SourceWatch<T> {
    /// Runs the source's body.
    pub async fn run<E>(self, body: impl Future<Output = Result<(), E>>) -> Result<(), E> {
        let Self { closer, watch } = self;
        let result = watch.run(body).await;
        if result.is_ok() {
            closer.end();
        }
        result
    }
}
