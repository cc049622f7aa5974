//! Everything that generated code names, and nothing that anybody else should.

pub use std::clone::Clone;
pub use std::collections::HashMap;
pub use std::convert::{From, Infallible, Into};
pub use std::default::Default;
pub use std::iter::Extend;
pub use std::option::Option::{self, None, Some};
pub use std::pin::pin;
pub use std::primitive::{bool, u64, usize};
pub use std::result::Result::{self, Err, Ok};
pub use std::sync::Arc;
pub use std::time::Duration;
pub use std::vec::Vec;
pub use std::{boxed::Box, concat, file, line, vec};

pub use crate::__editor as editor;
pub use crate::broken::{BROKEN_GRAPH, Unfinished, broken_behind, broken_between, broken_of};
pub use crate::edge::{Concat, EitherSender, Lossy, Merge, Receiver, Reorder, Sender, Tee, Wrapped, Zip};
pub use crate::failure::ErrorView;
pub use crate::flow::Ends;
pub use crate::graph::{Edge as GraphEdge, EdgeKind, Policy as GraphPolicy, Stage as GraphStage, StageKind};
use crate::launch::Launch;
pub use crate::pipeline::Finish;
pub use crate::policy::breaker::{Breaker, Verdict};
pub use crate::policy::{Attempts, Failed, Policies, Retry};
use crate::settings::Settings;
pub use crate::settings::fits;
pub use crate::stage::{
    Arrival, Arrivals, Batch, Begun, Branch, Crew, Fate, Forward, ForwardKind, ForwardProbe, IdleStates, Inlet, Keyed,
    KeyedBatch, KeyedWindows, Load, More, Out, Outlet, Park, Parts, PartsKind, PartsProbe, Pause, Place, Pull,
    SinkValue, Skipped, SourceKind, SourceProbe, Starts, Task, Turn, Whole, Windows, extend, in_flight,
    in_flight_keyed, is_repeated, key_of, key_of_ok, park, per_key, process_ends, recurse, share_of, state_of, unique,
    workers_in_flight,
};
pub use crate::{BoxError, Flow, Graph, Pipeline};
pub use pipeline_macros::{pipeline, pipeline_of_any_shape};

/// Where the value of a body might come from, were it not for the body: nowhere. What stands behind a body that diverges
/// is not unreachable to lints with it, and to the optimizer it is not there.
pub enum Otherwise<T> {
    Value(T),
    Nothing,
}

/// The end of a value. Lints that look for a call of `std::mem::drop` that does nothing do not know the type either.
#[inline]
pub fn drop<T>(_: T) {}

pub mod words {
    pub use crate::words::*;
}

/// What a body gives, in a stage in which policies may fail an item.
#[inline]
pub fn as_failed<T, E>(result: Result<T, E>) -> Result<T, Failed<E>> {
    result.map_err(Failed::Error)
}

/// Room for bodies in flight, and for items beside them that wait for the rate of their keys.
pub fn beside(limit: usize) -> usize {
    limit.saturating_add(WAITING)
}

/// How many items wait for the rate of their keys beside the bodies in flight.
const WAITING: usize = 1024;

/// A pipeline from its parts.
pub fn assemble<O, E>(
    graph: Graph,
    settings: &mut Settings,
    view: ErrorView<E>,
    start: impl FnOnce(&Launch<E>) -> Finish<O> + Send + 'static,
) -> Pipeline<O, E> {
    Pipeline::assemble(graph, std::mem::take(settings), view, start)
}

/// An open pipeline from its parts.
pub fn assemble_flow<I, O, E>(
    graph: Graph,
    settings: &mut Settings,
    view: ErrorView<E>,
    ends: Ends,
    start: impl FnOnce(&Launch<E>, Receiver<I>, Sender<O>) + Send + 'static,
) -> Flow<I, O, E> {
    Flow::assemble(graph, std::mem::take(settings), view, ends, start)
}

/// The next part of an item that was taken apart, if it is there.
#[inline]
pub fn pull<P: Parts>(parts: &mut P) -> Pull<P::Item> {
    parts.pull()
}

/// Waits for the next part.
pub async fn wait<P: Parts>(parts: &mut P) {
    std::future::poll_fn(|cx| parts.poll_wait(cx)).await;
}

/// Sends an item to where `forward` sends; `false`: nobody receives any more.
pub async fn forward_send<T, E, F: Forward<T, Error: Into<E>>>(
    _: crate::check::Errors<E>,
    target: &mut F,
    item: T,
) -> Result<bool, E> {
    target.send(item).await.map_err(Into::into)
}

/// Waits, unless nobody receives any more from where `forward` sends: then `None`.
pub async fn unless_closed<T, F: Forward<T>, W: Future>(
    _: crate::check::Items<T>,
    target: &mut F,
    wait: W,
) -> Option<W::Output> {
    tokio::select! {
        biased;
        waited = wait => Some(waited),
        () = target.closed() => None,
    }
}

/// As [`unless_closed`], for a `forward` inside another stage's loop: once it is not `open` any more, it is not asked.
pub async fn unless_closed_while<T, F: Forward<T>, W: Future>(
    open: bool,
    items: crate::check::Items<T>,
    target: &mut F,
    wait: W,
) -> Option<W::Output> {
    if open { unless_closed(items, target, wait).await } else { Some(wait.await) }
}

/// The value that a `fold` or `collect` builds up inside another stage's loop. It is there until the stage has ended.
pub fn take_value<T>(value: &mut Option<T>) -> T {
    match value.take() {
        Some(value) => value,
        None => unreachable!("a stage ends once, and takes no item after that"),
    }
}

/// All has been sent to where `forward` sends.
pub async fn forward_close<T, E, F: Forward<T, Error: Into<E>>>(
    _: crate::check::Errors<E>,
    _: crate::check::Items<T>,
    target: &mut F,
) -> Result<(), E> {
    target.close().await.map_err(Into::into)
}

/// What is due goes out, between two units of a worker's input.
pub async fn flush_in_turn(outs: &mut impl Outlet) {
    outs.flush_in_turn().await;
}

/// What follows is flushed at the end of the input, in the order of its rank among all workers.
pub fn at_end(outs: &mut impl Outlet, rank: crate::edge::Rank) {
    outs.at_end(rank);
}

/// Whether the time has come.
pub fn is_due(due: Option<tokio::time::Instant>) -> bool {
    due.is_some_and(|due| due <= tokio::time::Instant::now())
}

/// The earlier of two times.
pub fn earliest(a: Option<tokio::time::Instant>, b: Option<tokio::time::Instant>) -> Option<tokio::time::Instant> {
    a.into_iter().chain(b).min()
}

/// Waits, but no longer than until `due`: then `None`.
pub async fn until_due<W: Future>(due: Option<tokio::time::Instant>, wait: W) -> Option<W::Output> {
    match due {
        Some(due) => tokio::time::timeout_at(due, wait).await.ok(),
        None => Some(wait.await),
    }
}

/// What was pushed goes out as far as its turn has come, before a body that may hold the thread for long.
pub async fn pass_on(out: &mut impl Outlet) {
    out.before_park();
    out.deliver().await;
}
