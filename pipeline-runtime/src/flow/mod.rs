//! Open pipelines: fragments that take items in, give items out, or both.

mod applied;
mod check;

use std::fmt;
use std::sync::Arc;

use futures_util::Stream;

pub use applied::Applied;
pub use check::Fault;

use crate::check::items;
use crate::edge::{Receiver, Sender};
use crate::failure::ErrorView;
use crate::graph::Graph;
use crate::launch::Launch;
use crate::layout::{self, Fragment, Places, Port};
use crate::ledger::Run;
use crate::pipeline::Pipeline;
use crate::report::Report;
use crate::settings::Settings;
use crate::stage::{Out, kinds};
use applied::Outside;

type Start<I, O, E> = Box<dyn FnOnce(&Launch<E>, Receiver<I>, Sender<O>) + Send>;

/// An open pipeline, made by [`pipeline!`](crate::pipeline) where a source is `input` or a sink ends in `output()`: a
/// fragment that takes items of type `I` and gives items of type `O`.
///
/// A fragment is reused as a stage of other pipelines (`x.via(clean())`: same run, same account, no further task), takes
/// the place of one segment of an existing program ([`apply`](Self::apply)), and is tested alone ([`check`](Self::check)).
/// Without an `input` `I` is [`Infallible`](std::convert::Infallible), without an `output()` `O` is.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// use pipeline_runtime::{Flow, pipeline};
/// use std::num::ParseIntError;
///
/// pipeline! {
///     /// Numbers from lines; empty lines are left out.
///     pub fn clean() -> Flow<String, u64, ParseIntError> {
///         source lines = input;
///         stage  full = lines.filter(|line| !line.is_empty());
///         sink   numbers = full.map(|line| line.parse::<u64>()?).output();
///     }
/// }
///
/// let lines = ["1", "", "2"].map(str::to_owned);
/// let total = pipeline! {
///     source lines = lines;
///     stage  numbers = lines.via(clean());
///     sink   total = numbers.fold(0, |total, n| total + n);
/// };
/// assert!(total.graph().stage("numbers/full").is_some());
/// assert_eq!(total.run().await.unwrap(), 3);
/// # });
/// ```
#[must_use = "a fragment does nothing until it is part of a pipeline, applied or checked"]
pub struct Flow<I, O, E = crate::BoxError> {
    graph: Graph,
    places: Option<Arc<Places>>,
    settings: Settings,
    start: Start<I, O, E>,
    view: ErrorView<E>,
    input: Option<Port>,
    output: Option<(Port, Option<usize>)>,
}

/// What generated code knows of a fragment's ends: statement and edge of each, and what the output's edge holds.
#[derive(Default)]
pub struct Ends {
    /// Of `source … = input`.
    pub input: Option<(usize, usize)>,
    /// Of `sink … = ….output()`.
    pub output: Option<(usize, usize, Option<usize>)>,
}

impl<I, O, E> Flow<I, O, E> {
    /// Made by generated code.
    pub(crate) fn assemble(
        graph: Graph,
        settings: Settings,
        view: ErrorView<E>,
        ends: Ends,
        start: impl FnOnce(&Launch<E>, Receiver<I>, Sender<O>) + Send + 'static,
    ) -> Self {
        let (graph, places) = layout::compose(graph, &settings.fragments);
        let port = |stage, edge| Port { stage: places.as_ref().map_or(stage, |places| places.stage(stage)), edge };
        let input = ends.input.map(|(stage, edge)| port(stage, edge));
        let output = ends.output.map(|(stage, edge, capacity)| (port(stage, edge), capacity));
        Self { graph, places, settings, start: Box::new(start), view, input, output }
    }

    /// The name: `#![name = "…"]`, the `fn`'s name, or file and line.
    pub fn name(&self) -> &str {
        self.graph.name
    }

    /// What the fragment consists of, its ends included.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// How its errors are seen.
    pub(crate) fn view(&self) -> ErrorView<E> {
        self.view
    }

    pub(crate) fn problem(&self) -> Option<&str> {
        self.settings.problem.as_deref()
    }

    /// What the pipeline around it has to know, in which it is stage number `stage`.
    pub(crate) fn fragment(&self, stage: usize) -> Fragment {
        Fragment {
            stage,
            graph: self.graph.clone(),
            places: self.places.clone(),
            input: self.input,
            output: self.output.map(|(port, _)| port),
        }
    }

    /// Spawns the tasks, as a part of a run.
    pub(crate) fn start(self, run: Arc<Run<E>>, places: Option<Arc<Places>>, input: Receiver<I>, output: Sender<O>)
    where
        E: Send + Sync + 'static,
    {
        (self.start)(&Launch::new(run, self.settings.buffer, places), input, output);
    }
}

impl<I, O, E> Flow<I, O, E>
where
    I: Send + 'static,
    O: Send + 'static,
    E: Send + Sync + 'static,
{
    /// Puts `stream` through: what comes out is a stream of the fragment's items, so that one segment of an existing
    /// program can be replaced.
    ///
    /// The failure, if there is one, is the last item. A slow reader slows the whole: back-pressure goes through to
    /// `stream`. Nothing runs before the first poll. Without an `input` the stream is dropped unread.
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
    /// use futures::{StreamExt, stream};
    /// use pipeline_runtime::{Failure, pipeline};
    ///
    /// let double = pipeline! {
    ///     source numbers: u64 = input;
    ///     #[workers(2)]
    ///     stage  doubled = numbers.map(|n| { if n == 3 { Err("three")? } 2 * n });
    ///     sink   out = doubled.output();
    /// };
    /// let mut doubled = double.apply(stream::iter(1..));
    /// assert_eq!(doubled.next().await.unwrap().unwrap(), 2);
    /// assert_eq!(doubled.next().await.unwrap().unwrap(), 4);
    /// let failure = doubled.next().await.unwrap().unwrap_err();
    /// assert_eq!((failure.stage(), failure.into_error().unwrap().to_string()), (Some("doubled"), "three".to_owned()));
    /// assert!(doubled.next().await.is_none());
    /// # });
    /// ```
    ///
    /// # Panics
    ///
    /// The first poll, outside of a tokio runtime.
    ///
    /// # Cancel safety
    ///
    /// Dropping what is returned cancels the run: its tasks end at their next await or time slice.
    pub fn apply<S>(self, stream: S) -> Applied<O, E>
    where
        S: Stream<Item = I> + Send + 'static,
    {
        let (pipeline, outside) = self.closed(move |out| kinds::Stream.drive(stream, out));
        Applied::new(pipeline, outside)
    }

    /// Runs the fragment on `items`: gives what came out, in order, and the account of the run. For unit tests.
    ///
    /// Of a run that failed that is what came out before, and [`Report::failure`] says why.
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
    /// use pipeline_runtime::pipeline;
    ///
    /// let odd = pipeline! {
    ///     source numbers: u64 = input;
    ///     sink   odd = numbers.filter(|n| n % 2 == 1).output();
    /// };
    /// let (out, report) = odd.check(0..5).await;
    /// assert_eq!(out, [1, 3]);
    /// assert_eq!((report.stage("odd").unwrap().filtered, report.failure), (3, None));
    /// # });
    /// ```
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn check<T>(self, items: T) -> (Vec<O>, Report)
    where
        T: IntoIterator<Item = I, IntoIter: Send + 'static>,
    {
        check::check(self, items.into_iter(), None).await
    }

    /// As [`check`](Self::check), with a fault on the way.
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
    /// use pipeline_runtime::{Fault, pipeline};
    ///
    /// let batches = pipeline! {
    ///     source numbers: u64 = input;
    ///     sink   batches = numbers.batch(3).output();
    /// };
    /// // a graceful stop loses nothing of what went in
    /// let (out, _) = batches.check_with(0..9, Fault::Shutdown { at: 4 }).await;
    /// assert_eq!(out, [vec![0, 1, 2], vec![3]]);
    /// # });
    /// ```
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn check_with<T>(self, items: T, fault: Fault<E>) -> (Vec<O>, Report)
    where
        T: IntoIterator<Item = I, IntoIter: Send + 'static>,
    {
        check::check(self, items.into_iter(), Some(fault)).await
    }

    /// A pipeline of the fragment, of `feed` as its source, and of someone outside who takes what comes out.
    fn closed<F>(self, feed: impl FnOnce(Out<I, E>) -> F + Send + 'static) -> (Pipeline<(), E>, Outside<O, E>)
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        let outside = Outside::default();
        let place = outside.clone();
        let Self { graph, places, settings, start, view, input, output } = self;
        let pipeline = Pipeline::laid_out(graph, places, settings, view, move |launch| {
            let (input_tx, input_rx) = match input {
                Some(Port { edge, .. }) => launch.edge_of_run(edge, items(), None),
                None => crate::edge::edge(0, Arc::default(), None),
            };
            let output_tx = match output {
                Some((port, capacity)) => {
                    let (tx, rx) = launch.edge_of_run(port.edge, items(), capacity);
                    place.take_up(launch, port.stage, rx);
                    tx
                }
                None => crate::edge::edge(0, Arc::default(), None).0,
            };
            if let Some(Port { stage, .. }) = input {
                launch.spawn_source(stage, input_tx, feed);
            }
            start(launch, input_rx, output_tx);
            Box::new(|| Some(()))
        });
        (pipeline, outside)
    }
}

impl<I, O, E> fmt::Debug for Flow<I, O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flow").field("name", &self.name()).finish_non_exhaustive()
    }
}
