//! `recurse`: a stage whose items bring more items.
//!
//! What bodies find waits in the *frontier*, and is taken before the input is. An item is *out* from when it is taken
//! until its body has ended; the stage has come to its end when the input has, nothing waits and nothing is out.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering::*};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use futures_util::future::BoxFuture;

use super::{Inlet, Park, Supply, Task};
use crate::core::{Core, StageMeter};

/// The input of a stage that recurses: what was found, and what comes from outside.
pub struct Recurse<I: Inlet> {
    /// `None` when it has ended.
    input: Option<I>,
    frontier: Arc<Frontier<I::Item>>,
}

/// What was found and waits to be taken.
pub struct Frontier<T> {
    core: Arc<Core>,
    stage: usize,
    limit: usize,
    unique: Option<Box<dyn Unique<T>>>,
    state: Mutex<State<T>>,
}

struct State<T> {
    found: VecDeque<T>,
    /// How many are found and not taken, those about to be put into `found` included.
    waiting: usize,
    /// How many were taken and have a body that has not ended.
    out: usize,
    /// Nothing will be taken any more.
    closed: bool,
    /// Who waits for something to take.
    waker: Option<Waker>,
}

/// The input of stage `task` with what its bodies find, of which no more than `limit` wait.
pub fn recurse<E, I: Inlet>(
    task: &Task<E>,
    input: I,
    limit: Option<usize>,
    unique: Option<Box<dyn Unique<I::Item>>>,
) -> (Recurse<I>, Arc<Frontier<I::Item>>) {
    let state = State { found: VecDeque::new(), waiting: 0, out: 0, closed: false, waker: None };
    let frontier = Arc::new(Frontier {
        core: task.run().core.clone(),
        stage: task.stage(),
        limit: limit.unwrap_or(usize::MAX),
        unique,
        state: Mutex::new(state),
    });
    (Recurse { input: Some(input), frontier: frontier.clone() }, frontier)
}

impl<T> Frontier<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn meter(&self) -> &StageMeter {
        self.core.stage(self.stage)
    }

    /// Items that are not visited: received, and with that at their fate.
    fn count(&self, items: usize, fate: &AtomicU64) {
        self.meter().received.fetch_add(items as u64, Relaxed);
        fate.fetch_add(items as u64, Relaxed);
    }

    /// Begins the visit of an item that was taken: it is out until what this gives is dropped.
    pub fn enter(self: &Arc<Self>) -> Next<T> {
        Next { frontier: self.clone() }
    }

    fn admit(&self, item: &T, mut accept: impl FnMut() -> bool) -> Admission {
        match &self.unique {
            Some(unique) => unique.admit(item, &mut accept),
            None if accept() => Admission::New,
            None => Admission::Refused,
        }
    }

    /// Whether an item of the input is to be visited.
    fn admits(&self, item: &T) -> bool {
        let keying = Keying(self);
        let new = matches!(self.admit(item, || true), Admission::New);
        std::mem::forget(keying);
        if new {
            self.state().out += 1;
        } else {
            self.count(1, &self.meter().filtered);
        }
        new
    }

    fn push(&self, item: T) -> bool {
        let reserve = || {
            let mut state = self.state();
            let room = !state.closed && state.waiting < self.limit;
            state.waiting += usize::from(room);
            room
        };
        match self.admit(&item, reserve) {
            Admission::New => {
                self.found(item);
                true
            }
            Admission::Known => {
                self.count(1, &self.meter().filtered);
                true
            }
            Admission::Refused => {
                self.count(1, &self.meter().discarded);
                false
            }
        }
    }

    fn found(&self, item: T) {
        let mut state = self.state();
        if state.closed {
            drop(state);
            self.count(1, &self.meter().discarded);
            return;
        }
        state.found.push_back(item);
        let waker = state.waker.take();
        drop(state);
        waker.into_iter().for_each(Waker::wake);
    }

    /// Takes what was found first.
    fn take(&self) -> Option<T> {
        let mut state = self.state();
        let item = state.found.pop_front()?;
        state.waiting -= 1;
        state.out += 1;
        Some(item)
    }

    /// A body has ended.
    fn leave(&self) {
        let mut state = self.state();
        state.out -= 1;
        let waker = if state.out == 0 { state.waker.take() } else { None };
        drop(state);
        waker.into_iter().for_each(Waker::wake);
    }

    /// Nothing is taken any more: what waits is discarded.
    fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        let left = std::mem::take(&mut state.found);
        drop(state);
        self.count(left.len(), &self.meter().discarded);
    }
}

/// An item of the input whose key is being asked for. Dropped, the user's function has panicked: the item was
/// received, and failed.
struct Keying<'a, T>(&'a Frontier<T>);

impl<T> Drop for Keying<'_, T> {
    fn drop(&mut self) {
        self.0.count(1, &self.0.meter().failed);
    }
}

impl<I: Inlet> Supply for Recurse<I> {
    type Item = I::Item;

    fn pop(&mut self) -> Option<I::Item> {
        loop {
            if let Some(item) = self.frontier.take() {
                return Some(item);
            }
            let item = self.input.as_mut()?.pop()?;
            if self.frontier.admits(&item) {
                return Some(item);
            }
        }
    }
}

impl<I: Inlet<Item: Send>> Inlet for Recurse<I> {
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        if !self.frontier.state().found.is_empty() {
            return Poll::Ready(true);
        }
        match self.input.as_mut().map(|input| input.poll_more(cx)) {
            Some(Poll::Ready(true)) => return Poll::Ready(true),
            Some(Poll::Ready(false)) => self.input = None,
            Some(Poll::Pending) | None => {}
        }
        let mut state = self.frontier.state();
        if !state.found.is_empty() {
            return Poll::Ready(true);
        }
        if self.input.is_none() && state.out == 0 {
            return Poll::Ready(false);
        }
        state.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}

impl<I: Inlet<Item: Send>> Park for Recurse<I> {
    fn before_park(&mut self) {
        self.input.iter_mut().for_each(Park::before_park);
    }

    fn deliveries(&self, deliveries: &mut Vec<BoxFuture<'static, ()>>) {
        self.input.iter().for_each(|input| input.deliveries(deliveries));
    }
}

impl<I: Inlet> Drop for Recurse<I> {
    fn drop(&mut self) {
        self.frontier.close();
    }
}

/// Where a `recurse` body puts the items that it has found.
///
/// The body is lent one for the item that it is at work on: `recurse(async |page, next| { … next.push(link); … })`.
/// What is pushed goes through the same body later.
///
/// ```
/// use pipeline_runtime::{Next, pipeline};
///
/// /// A number, and the two below it in the tree.
/// fn visit(n: u64, next: &Next<u64>) -> u64 {
///     if n < 4 {
///         next.push(2 * n);
///         next.push(2 * n + 1);
///     }
///     n
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), pipeline_runtime::Failure<pipeline_runtime::BoxError>> {
/// let walk = pipeline! {
///     source roots = [1];
///     sink all = roots.recurse(visit).collect::<Vec<_>>();
/// };
/// assert_eq!(walk.run().await?, [1, 2, 3, 4, 5, 6, 7]);
/// # Ok(())
/// # }
/// ```
pub struct Next<T> {
    frontier: Arc<Frontier<T>>,
}

impl<T> Next<T> {
    /// Has `item` visited, later. It never waits: a body that waited for room in the frontier could wait for itself.
    ///
    /// Under `unique`, an item whose key was seen before is not visited; it is counted as filtered.
    ///
    /// `false` if the item was not accepted and is dropped, counted by the stage as received and discarded: so many
    /// wait as `frontier = n` allows, or the stage has ended early. Without `frontier` a body that is at work always
    /// gets `true`.
    ///
    /// # Panics
    ///
    /// If the function of `unique` panics.
    ///
    /// # Cancellation
    ///
    /// What waits when the run is cancelled is received and discarded. A graceful
    /// [`shutdown`](crate::Running::shutdown) ends the sources only: all that was found and is still to be found is
    /// visited, within the drain time.
    ///
    /// ```
    /// # use pipeline_runtime::pipeline;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), pipeline_runtime::Failure<pipeline_runtime::BoxError>> {
    /// let walk = pipeline! {
    ///     source roots = [1u64];
    ///     sink refused = roots
    ///         .recurse(|n, next| (10 * n..10 * n + 5).filter(|n| *n < 100 && !next.push(*n)).count(), frontier = 3)
    ///         .fold(0, |sum, refused| sum + refused);
    /// };
    /// assert_eq!(walk.run().await?, 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn push(&self, item: T) -> bool {
        self.frontier.push(item)
    }
}

impl<T> fmt::Debug for Next<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next").field("waiting", &self.frontier.state().waiting).finish_non_exhaustive()
    }
}

impl<T> Drop for Next<T> {
    fn drop(&mut self) {
        self.frontier.leave();
    }
}

/// What `unique` says of an item.
pub enum Admission {
    /// It is to be visited.
    New,
    /// One with its key was there before.
    Known,
    /// It would be to be visited, and is not accepted.
    Refused,
}

/// The keys of the items that were there before. An object, so that [`Next`] need not know the key's type.
pub trait Unique<T>: Send + Sync {
    /// Tells whether an item is new; if so, and `accept` says that it is accepted, it is known from now on.
    fn admit(&self, item: &T, accept: &mut dyn FnMut() -> bool) -> Admission;
}

struct Seen<K, F> {
    key: F,
    seen: Mutex<HashSet<K>>,
}

impl<T, K: Hash + Eq + Send, F: Fn(&T) -> K + Send + Sync> Unique<T> for Seen<K, F> {
    fn admit(&self, item: &T, accept: &mut dyn FnMut() -> bool) -> Admission {
        let key = (self.key)(item);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.contains(&key) {
            return Admission::Known;
        }
        if !accept() {
            return Admission::Refused;
        }
        seen.insert(key);
        Admission::New
    }
}

/// `unique = |x| key`
pub fn unique<T, K, F>(key: F) -> Option<Box<dyn Unique<T>>>
where
    K: Hash + Eq + Send + 'static,
    F: Fn(&T) -> K + Send + Sync + 'static,
{
    Some(Box::new(Seen { key, seen: Mutex::default() }))
}
