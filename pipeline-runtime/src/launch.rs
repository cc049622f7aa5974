//! From a description to running tasks: what generated code calls to put a pipeline together.

use std::any::Any;
use std::convert::Infallible;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::*;
use std::task::{Context, Poll};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use crate::check::{Errors, Items};
use crate::core::{Core, EdgeMeter};
use crate::edge::{self, Closer, Lossy, LossyReceiver, LossySender, Receiver, Sender};
use crate::failure::Cause;
use crate::flow::Flow;
use crate::layout::Places;
use crate::ledger::Run;
use crate::policy::limit::Limit;
use crate::policy::{Policies, StageLimit};
use crate::stage::{
    Begun, BlockingOutput, Generator, Out, Output, Overrun, RetriedGenerator, RetriedSource, SourceInlet, Task, Way,
    on_a_thread_each, on_blocking_threads, on_one_thread,
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
        let run = Arc::new(self.run.part(flow.view()));
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
    pub fn policies<X>(&self, stage: usize, _: Errors<X>) -> Policies<X> {
        Policies::new(self.run.core.clone(), self.stage(stage))
    }

    /// The limit of the bodies of stage number `stage`, of which the run ends if it is closed.
    pub fn limit(&self, stage: usize, limit: Limit) -> StageLimit {
        let (run, stage) = (self.run.clone(), self.stage(stage));
        StageLimit::new(limit, move |closed| run.fail(run.in_stage(stage, 0, Cause::Limit(closed))))
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
        let out = Out::new(Way::Edge(sender), self.task_of_run(stage));
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
        let core = self.run.core.clone();
        let task = async move {
            let result = on_one_thread(body, core.source_stops(stage)).await;
            generator.came_back(result)
        };
        self.supervise(stage, Work::Guarded(task.boxed()));
    }

    /// As [`source`](Self::source), of a source with `retry`.
    pub fn retried_source<T: Send>(&self, stage: usize, sender: Sender<T>) -> (RetriedSource<T, E>, SourceWatch<T>) {
        let (closer, core) = (sender.closer(), self.run.core.clone());
        let source = RetriedSource::new(Way::Edge(sender), self.run.clone(), self.stage(stage));
        let watch = Watch { core, driving: source.driving() };
        (source, SourceWatch { closer, watch })
    }

    /// As [`inline_source`](Self::inline_source), of a source with `retry`.
    pub fn retried_inline_source<T: Send>(
        &self,
        stage: usize,
        _: Items<T>,
    ) -> (RetriedSource<T, E>, InlineSource<T, E>) {
        let (way, inlet) = SourceInlet::new(self.task(stage));
        let source = RetriedSource::new(way, self.run.clone(), self.stage(stage));
        let watch = Watch { core: self.run.core.clone(), driving: source.driving() };
        (source, InlineSource { inlet, watch })
    }

    /// As [`generator`](Self::generator), of a generator with `retry`.
    pub fn retried_generator<T>(&self, stage: usize, sender: Sender<T>) -> RetriedGenerator<T> {
        RetriedGenerator::new(self.run.core.clone(), self.stage(stage), sender)
    }

    /// As [`spawn_generator`](Self::spawn_generator), of a generator with `retry`.
    pub fn spawn_retried_generator<T, F>(
        &self,
        stage: usize,
        generator: RetriedGenerator<T>,
        policies: Arc<Policies<E>>,
        body: F,
    ) where
        T: Send + 'static,
        F: FnMut(BlockingOutput<T>) -> Result<(), E> + Send + 'static,
    {
        self.supervise(self.stage(stage), Work::Guarded(on_a_thread_each(generator, policies, body).boxed()));
    }

    /// The two halves of a source that shares a task with its reader: where it puts its items, and what becomes the
    /// reader's input.
    pub fn inline_source<T: Send>(&self, stage: usize, _: Items<T>) -> (Out<T, E>, InlineSource<T, E>) {
        let (core, task) = (&self.run.core, || self.task(stage));
        let (way, inlet) = SourceInlet::new(task());
        let out = Out::new(way, task());
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
        self.supervise(stage, Work::Body(watch.run(body(out)).boxed()));
    }

    /// Takes the place of a task, of the stage of this number in the run's graph, that is polled from outside: the run
    /// waits for its end.
    pub(crate) fn seat(&self, stage: usize) -> Seat {
        let core = self.run.core.clone();
        core.stage(stage).task_starts();
        Seat { _ended: Ended::of(core, stage) }
    }

    /// Spawns a task of stage number `stage`.
    pub fn spawn<F>(&self, stage: usize, body: F)
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        let stage = self.stage(stage);
        self.supervise(stage, Work::Body(body.boxed()));
    }

    /// As [`spawn`](Self::spawn), a task that finishes what it has `begun` before it leaves.
    pub fn spawn_finishing<F>(&self, stage: usize, begun: Begun, body: F)
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        let stage = self.stage(stage);
        let (run, body) = (self.run.clone(), body.boxed());
        let task = async move {
            let leave = run.core.stage(stage).leave.wait();
            begun.run(leave, &run.core, body).await.unwrap_or_else(|Overrun| {
                run.overran(stage);
                None
            })
        };
        self.supervise(stage, Work::Guarded(task.boxed()));
    }

    /// Spawns a task of stage number `stage` whose code may block.
    pub fn spawn_blocking<F>(&self, stage: usize, body: F)
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        let stage = self.stage(stage);
        let core = self.run.core.clone();
        let body = body.boxed();
        let task = async move { on_blocking_threads(body, core.stage(stage).leave.wait()).await };
        self.supervise(stage, Work::Guarded(task.boxed()));
    }

    /// Runs a task, of the stage of this number in the run's graph, so that whatever becomes of it is recorded, and
    /// recorded before anybody can see the task gone.
    ///
    /// Bodies come boxed, so that there is one type of task: for each the compiler makes a scheduler's worth of code.
    fn supervise(&self, stage: usize, work: Work<E>) {
        let run = self.run.clone();
        let worker = run.core.stage(stage).task_starts();
        let mut post = Post { work: Some(work), _ended: Ended::of(run.core.clone(), stage) };
        tokio::spawn(async move {
            run.core.enlist();
            let outcome = {
                let mut leave = pin!(run.core.stage(stage).leave.wait());
                poll_fn(|cx| post.poll(leave.as_mut(), cx)).await
            };
            let fail = |stage, cause| run.fail(run.in_stage(stage, worker, cause));
            match outcome {
                Ok(Some(Err(error))) => fail(stage, Cause::Error(error)),
                Err(panic) => fail(run.core.panicked_in(stage), Cause::Panic(panic)),
                Ok(Some(Ok(())) | None) => {}
            }
            drop(post);
        });
    }
}

/// What a task does.
enum Work<E> {
    /// It ends when the stage is to leave.
    Body(BoxFuture<'static, Result<(), E>>),
    /// It sees to that itself, and may have been stopped before it has come to anything.
    Guarded(BoxFuture<'static, Option<Result<(), E>>>),
}

/// A task at its post.
struct Post<E> {
    /// Gone before the task is told to have ended.
    work: Option<Work<E>>,
    _ended: Ended,
}

impl<E> Post<E> {
    /// Runs the task until its end, or until `leave` has resolved (`None`). A panic gives its message, also one of what
    /// is dropped then.
    fn poll(
        &mut self,
        leave: Pin<&mut impl Future<Output = ()>>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Option<Result<(), E>>, String>> {
        let polled = catch_unwind(AssertUnwindSafe(|| {
            let outcome = match &mut self.work {
                Some(Work::Body(_)) if leave.poll(cx).is_ready() => Poll::Ready(None),
                Some(Work::Body(body)) => body.as_mut().poll(cx).map(Some),
                Some(Work::Guarded(body)) => body.as_mut().poll(cx),
                None => Poll::Ready(None),
            };
            if outcome.is_ready() {
                self.work = None;
            }
            outcome
        }));
        match polled {
            Ok(outcome) => outcome.map(Ok),
            Err(panic) => {
                drop(catch_unwind(AssertUnwindSafe(|| self.work = None)));
                Poll::Ready(Err(message(&*panic)))
            }
        }
    }
}

/// The place of a task that something outside of the run is.
pub(crate) struct Seat {
    _ended: Ended,
}

/// Tells that a task has ended, also when the runtime drops it.
struct Ended {
    core: Arc<Core>,
    stage: usize,
}

impl Ended {
    /// A task of this stage has begun.
    fn of(core: Arc<Core>, stage: usize) -> Self {
        core.task_begins();
        Self { core, stage }
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        // In this order: nobody sees the run ended and a task there.
        self.core.stage(self.stage).task_ends();
        self.core.task_has_ended();
    }
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
        let mut drained = pin!(self.core.drain().wait());
        poll_fn(|cx| {
            // First the body, once in any case: a receiver that is at hand is closed by its driver, and what it has
            // accepted is delivered.
            let polled = body.as_mut().poll(cx);
            if polled.is_pending() && !self.driving.load(Acquire) && drained.as_mut().poll(cx).is_ready() {
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
