//! A circuit breaker: [`Breaker`], which has the state machine in its docs, and what goes with it.

mod account;
mod class;
mod gate;
mod log;
mod machine;
mod permit;
mod sequence;
mod settings;
mod shared;
mod state;
#[cfg(test)]
mod tests;
mod window;

use std::fmt;
use std::sync::Arc;

use tokio::time::Instant;

pub use account::BreakerAccount;
pub use class::{CallClass, Verdict};
pub use log::BreakerTransitions;
pub use permit::{BreakerOpen, BreakerPermit};
use sequence::Sequence;
pub use settings::BreakerBuilder;
use settings::Settings;
use shared::Shared;
pub use state::{BreakerReason, BreakerState, BreakerTransition};

/// A circuit breaker, shared by all its clones: between the workers of a stage, between stages, between pipelines.
///
/// It is closed at first, and each call goes. It opens when too many calls fail, take too long, or come to a sequence of results
/// that was named ([`BreakerBuilder`] says which). Open, no call goes for some time; then it is half-open, and a few calls try
/// the service. If they succeed it is closed, else open again and for longer.
///
/// A call that meets an open breaker waits ([`acquire`](Self::acquire)) or is refused ([`try_acquire`](Self::try_acquire)).
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(async {
/// use std::time::Duration;
/// use pipeline_runtime::{Breaker, BreakerState, Verdict};
/// use tokio::time::Instant;
///
/// async fn pay() -> Result<(), &'static str> {
///     Err("connection refused")
/// }
///
/// let payments = Breaker::builder().consecutive_failures(3).open_for(Duration::from_secs(5)).build()?;
/// for _ in 0..3 {
///     let permit = payments.acquire().await;
///     let result = pay().await;
///     permit.record(Verdict::of(&result));
/// }
/// assert_eq!(payments.state(), BreakerState::Open);
/// assert!(payments.try_acquire().is_err());
///
/// let before = Instant::now();
/// let trial = payments.acquire().await;
/// assert_eq!(before.elapsed(), Duration::from_secs(5));
/// trial.record(Verdict::Success);
/// assert_eq!(payments.state(), BreakerState::Closed);
/// # Ok::<(), pipeline_runtime::SettingError>(())
/// # }).unwrap();
/// ```
///
/// In a [pipeline](crate::pipeline!#around-a-body) it stands around a stage's bodies, which pause while it is open:
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(async {
/// use std::time::Duration;
/// use pipeline_runtime::{Breaker, pipeline};
/// use tokio::time::{Instant, sleep};
///
/// let payments = Breaker::builder().name("payments").build()?;
/// let orders = pipeline! {
///     source orders = 0..3u64;
///     #[breaker(&payments)]
///     sink paid = orders.for_each(async |_| {});
///     paid
/// };
/// let start = Instant::now();
/// payments.force_open();
/// let running = orders.spawn();
/// sleep(Duration::from_secs(60)).await;
/// payments.reset();
/// assert_eq!(running.wait().await.result?, 3);
/// assert_eq!(start.elapsed(), Duration::from_secs(60));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
///
/// # The state machine
///
/// ```text
///                  a trip: see below
///        ┌────────────────────────────────────┐
///        │                                    ▼
///   ┌────────┐  all trial calls succeeded  ┌──────┐
///   │ closed │◄──────────────┐             │ open │◄─────────────────────┐
///   └────────┘               │             └──────┘                      │
///                            │                │ its time has passed      │ a trial call failed or
///                            │                ▼                          │ was slow, or the sequence:
///                            │          ┌───────────┐                    │ open for longer
///                            └──────────┤ half-open ├────────────────────┘
///                                       └───────────┘
///
///   from each:  force_open()  ──► forced open   ┐
///               force_closed() ─► forced closed ├─ stays until one of the three
///               reset()  ───────► closed        ┘
/// ```
///
/// * **Closed**: each call goes. When one has ended it is taken in, and the breaker trips if with it, in this order,
///   1. the latest classes are the sequence of [`trip_on`](BreakerBuilder::trip_on),
///   2. [`consecutive_failures`](BreakerBuilder::consecutive_failures) have come without a success between,
///   3. the window holds [`minimum_calls`](BreakerBuilder::minimum_calls), and of them at least the share [`failure_rate`](BreakerBuilder::failure_rate) has failed,
///   4. or at least the rate of [`slow_calls`](BreakerBuilder::slow_calls) was slow.
/// * **Open**: no call goes. The n-th time in a row, from 0, it lasts [`open_for`](BreakerBuilder::open_for) × [`open_factor`](BreakerBuilder::open_factor)ⁿ, and [`open_at_most`](BreakerBuilder::open_at_most) at most.
/// * **Half-open**: [`half_open_calls`](BreakerBuilder::half_open_calls) may go, at once or one after the other. The first that fails opens it again, the last that
///   succeeds closes it. A trial that was cancelled, or whose class says neither, gives its place to another.
/// * **Forced open**, **forced closed**: no call goes, each call goes; what calls come to has no effect.
///
/// A new state is a new *generation*. A call belongs to the generation in which it was let go, and what it comes to in a later
/// one has no effect: a slow answer from before the outage tells nothing of the service as it is now. The window and the
/// consecutive failures begin anew with *closed*; the sequence does with *open*, and goes on through a trial, for an attack does
/// not end with it. Cancelled calls are in none of them, ignored ones in the sequence alone.
///
/// The time is tokio's. *Half-open* begins when the time open has passed, to the nanosecond, whenever somebody looks; who waits
/// for it is woken at the next tick of tokio's timer, which has one each millisecond.
///
/// The ideas are those of M. Nygard, *Release It!* (closed, open, half-open), of resilience4j (windows of calls and of time with
/// a minimum, slow calls, permits of the half-open state, forced states) and of Polly (results that are sorted by the user, a
/// handle to observe and to force it). Theirs is to refuse calls; ours may also wait, which is what slows a pipeline instead of
/// losing its items.
///
/// A trial call that never ends keeps the breaker half-open: give calls a timeout.
pub struct Breaker<C: CallClass = Verdict> {
    shared: Arc<Shared<C>>,
}

impl Breaker {
    /// Sets up a breaker. With [`trip_on`](BreakerBuilder::trip_on) it gets classes of the user's.
    pub fn builder() -> BreakerBuilder {
        BreakerBuilder::new()
    }
}

impl<C: CallClass> Breaker<C> {
    /// One that never opens, in the place of one that cannot be: nothing runs with it.
    pub(crate) fn idle() -> Self {
        Self::new(None, Settings::default(), None)
    }

    fn new(name: Option<Arc<str>>, settings: Settings, sequence: Option<Sequence<C>>) -> Self {
        Self { shared: Arc::new(Shared::new(name, settings, sequence)) }
    }

    /// The name that it was given.
    pub fn name(&self) -> Option<&str> {
        self.shared.name.as_deref()
    }

    /// The right to make a call; waits while the breaker is open, and while it is half-open and all trial calls are under way.
    ///
    /// Those that wait go in the order in which they came.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, it gives up its place in the line, and nothing else.
    ///
    /// # Panics
    ///
    /// When it waits outside of a tokio runtime, or in one without time.
    #[inline]
    pub async fn acquire(&self) -> BreakerPermit<'_, C> {
        match self.pass(Instant::now) {
            Some(permit) => permit,
            None => self.shared.wait_for_permit().await,
        }
    }

    /// The right to make a call, if all calls go. `now` is asked where slow calls are watched.
    #[inline]
    pub(crate) fn pass(&self, now: impl FnOnce() -> Instant) -> Option<BreakerPermit<'_, C>> {
        self.shared.pass(now)
    }

    /// Closed, by itself or forced.
    #[inline]
    pub(crate) fn lets_all_go(&self) -> bool {
        self.shared.lets_all_go()
    }

    /// The right to make a call, if there is one now. Calls that wait have the first claim on a half-open breaker's.
    ///
    /// # Errors
    ///
    /// The breaker is open, or half-open and all its trial calls are under way.
    #[inline]
    pub fn try_acquire(&self) -> Result<BreakerPermit<'_, C>, BreakerOpen> {
        self.try_acquire_at(Instant::now)
    }

    /// The same, by a clock that may have been read already.
    #[inline]
    pub(crate) fn try_acquire_at(&self, now: impl FnOnce() -> Instant) -> Result<BreakerPermit<'_, C>, BreakerOpen> {
        match self.pass(now) {
            Some(permit) => Ok(permit),
            None => self.shared.try_acquire(),
        }
    }

    /// The state now.
    pub fn state(&self) -> BreakerState {
        self.shared.happen(|machine| {
            machine.tick(Instant::now());
            machine.state()
        })
    }

    /// When it will be half-open, if it is [open](BreakerState::Open).
    pub fn open_until(&self) -> Option<Instant> {
        self.shared.happen(|machine| {
            machine.tick(Instant::now());
            machine.open_until()
        })
    }

    /// What has become of the calls up to now.
    pub fn account(&self) -> BreakerAccount {
        self.shared.account()
    }

    /// The transitions from now on, as a [`Stream`](futures_core::Stream).
    ///
    /// It tells of the time that has passed also when no call comes. One that lags behind gets the latest 64; what it has missed
    /// shows in their [numbers](BreakerTransition::number). It ends when the last handle of the breaker has been dropped.
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(async {
    /// use futures_util::StreamExt;
    /// use pipeline_runtime::{Breaker, Verdict};
    ///
    /// let breaker = Breaker::builder().consecutive_failures(1).build()?;
    /// let mut transitions = breaker.transitions();
    /// breaker.acquire().await.record(Verdict::Failure);
    /// let opened = transitions.next().await.unwrap();
    /// assert_eq!(opened.to_string(), "closed to open: consecutive failures");
    /// let half_open = transitions.next().await.unwrap();
    /// assert_eq!(Some(half_open.at), opened.until);
    ///
    /// drop(breaker);
    /// assert!(transitions.next().await.is_none());
    /// # Ok::<(), pipeline_runtime::SettingError>(())
    /// # }).unwrap();
    /// ```
    pub fn transitions(&self) -> BreakerTransitions {
        BreakerTransitions::new(&self.shared)
    }

    /// Lets no call go until [`reset`](Self::reset) or [`force_closed`](Self::force_closed).
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
    /// use pipeline_runtime::Breaker;
    ///
    /// let breaker = Breaker::builder().name("payments").build()?;
    /// breaker.force_open();
    /// let refused = breaker.try_acquire().unwrap_err();
    /// assert_eq!(refused.to_string(), "the breaker `payments` is forced open");
    /// breaker.reset();
    /// assert!(breaker.try_acquire().is_ok());
    /// # Ok::<(), pipeline_runtime::SettingError>(())
    /// # }).unwrap();
    /// ```
    pub fn force_open(&self) {
        self.shared.happen(|machine| machine.force_open(Instant::now()));
    }

    /// Lets each call go, whatever becomes of it, until [`reset`](Self::reset) or [`force_open`](Self::force_open).
    pub fn force_closed(&self) {
        self.shared.happen(|machine| machine.force_closed(Instant::now()));
    }

    /// Closed, and with nothing known of earlier calls, as it was at first; the account goes on.
    pub fn reset(&self) {
        self.shared.happen(|machine| machine.reset(Instant::now()));
    }
}

impl<C: CallClass> Clone for Breaker<C> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<C: CallClass> fmt::Debug for Breaker<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Breaker")
            .field("name", &self.shared.name)
            .field("state", &self.state())
            .field("account", &self.account())
            .finish()
    }
}
