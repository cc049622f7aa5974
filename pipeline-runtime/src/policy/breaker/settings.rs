//! How a breaker is set up.

use std::sync::Arc;
use std::time::Duration;

use super::Breaker;
use super::class::{CallClass, Verdict};
use super::sequence::Sequence;
use super::window::Span;
use crate::policy::setting::{SettingError, require};

/// What no clock can add to an instant is as good as for ever.
const FOR_EVER: Duration = Duration::from_hours(24 * 365 * 30);

/// When a breaker trips, and for how long.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) span: Span,
    pub(super) minimum_calls: u64,
    pub(super) failure_rate: Option<f64>,
    pub(super) slow: Option<Slow>,
    pub(super) consecutive_failures: Option<u64>,
    pub(super) open_for: Duration,
    pub(super) open_factor: f64,
    pub(super) open_at_most: Duration,
    pub(super) half_open_calls: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Slow {
    pub(super) after: Duration,
    pub(super) rate: f64,
}

impl Default for Settings {
    /// Nothing trips.
    fn default() -> Self {
        Self {
            span: Span::Calls(100),
            minimum_calls: 0,
            failure_rate: None,
            slow: None,
            consecutive_failures: None,
            open_for: Duration::from_secs(5),
            open_factor: 2.0,
            open_at_most: FOR_EVER,
            half_open_calls: 1,
        }
    }
}

impl Settings {
    /// Whether any of the rates is watched.
    pub(super) fn has_rates(&self) -> bool {
        self.failure_rate.is_some() || self.slow.is_some()
    }

    /// How long it is open when it opens for the n-th time, from 0, without having been closed.
    pub(super) fn open_time(&self, nth: u32) -> Duration {
        let factor = self.open_factor.powi(nth.min(1_000).cast_signed());
        let seconds = self.open_for.as_secs_f64() * factor;
        if seconds < self.open_at_most.as_secs_f64() { Duration::from_secs_f64(seconds) } else { self.open_at_most }
    }
}

/// Sets up a [`Breaker`]: [`Breaker::builder`].
///
/// | setting | what it says | default |
/// |---|---|---|
/// | [`failure_rate`](Self::failure_rate) | trips at this share of failures in the window | 0.5, if nothing else trips |
/// | [`slow_calls`](Self::slow_calls) | trips at this share of calls that take longer | does not |
/// | [`consecutive_failures`](Self::consecutive_failures) | trips at so many failures without a success between | does not |
/// | [`trip_on`](Self::trip_on) | trips when the latest classes are this sequence | does not |
/// | [`count_window`](Self::count_window) or [`time_window`](Self::time_window) | what the rates are taken over | 100 calls |
/// | [`minimum_calls`](Self::minimum_calls) | with fewer in the window, no rate trips | 20, or the window if that is less |
/// | [`open_for`](Self::open_for) | how long it is open the first time | 5 s |
/// | [`open_factor`](Self::open_factor) | how much longer each further time, until it has been closed | 2.0 |
/// | [`open_at_most`](Self::open_at_most) | and how long at most | 1 min, or `open_for` if that is more |
/// | [`half_open_calls`](Self::half_open_calls) | how many calls try the service, and must succeed | 1 |
/// | [`name`](Self::name) | what it is called in its errors | nothing |
///
/// ```
/// use std::time::Duration;
/// use pipeline_runtime::Breaker;
///
/// let payments = Breaker::builder()
///     .name("payments")
///     .failure_rate(0.3)
///     .slow_calls(Duration::from_secs(2), 0.8)
///     .time_window(Duration::from_secs(30))
///     .open_for(Duration::from_secs(1))
///     .half_open_calls(3)
///     .build()?;
/// # let _: Breaker = payments;
/// # Ok::<(), pipeline_runtime::SettingError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`build()` makes the breaker"]
pub struct BreakerBuilder<C = Verdict> {
    name: Option<Arc<str>>,
    minimum_calls: Option<u64>,
    open_at_most: Option<Duration>,
    settings: Settings,
    sequence: Option<Sequence<C>>,
}

impl BreakerBuilder {
    pub(super) fn new() -> Self {
        Self { name: None, minimum_calls: None, open_at_most: None, settings: Settings::default(), sequence: None }
    }
}

impl<C: CallClass> BreakerBuilder<C> {
    /// What the breaker is called in its errors.
    pub fn name(self, name: impl Into<Arc<str>>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Trips when at least this share of the calls in the window has failed: above 0, up to 1.
    pub fn failure_rate(mut self, rate: f64) -> Self {
        self.settings.failure_rate = Some(rate);
        self
    }

    /// Trips when at least the share `rate` of the calls in the window has taken `after` or longer. A trial call that slow
    /// has not passed.
    ///
    /// With it, two readings of the clock are part of each call.
    pub fn slow_calls(mut self, after: Duration, rate: f64) -> Self {
        self.settings.slow = Some(Slow { after, rate });
        self
    }

    /// Trips when this many calls have failed and none between them has succeeded.
    pub fn consecutive_failures(mut self, failures: u64) -> Self {
        self.settings.consecutive_failures = Some(failures);
        self
    }

    /// Trips when the latest calls are of these classes, in this order. They are all calls since the breaker was last
    /// open, ignored and trial ones included, in the order in which they have ended.
    ///
    /// The classes are what [`record`](super::BreakerPermit::record) takes from then on.
    pub fn trip_on<D: CallClass>(self, classes: impl Into<Box<[D]>>) -> BreakerBuilder<D> {
        let Self { name, minimum_calls, open_at_most, settings, sequence: _ } = self;
        let sequence = Some(Sequence::new(classes.into()));
        BreakerBuilder { name, minimum_calls, open_at_most, settings, sequence }
    }

    /// The rates are taken over this many calls, the latest ones.
    pub fn count_window(mut self, calls: usize) -> Self {
        self.settings.span = Span::Calls(calls);
        self
    }

    /// The rates are taken over the calls that have ended in the latest `time`. It goes on by a tenth of its length at a
    /// time, so that a call counts for at least nine tenths of it.
    pub fn time_window(mut self, time: Duration) -> Self {
        self.settings.span = Span::Time(time);
        self
    }

    /// No rate trips while there are fewer calls in the window.
    pub fn minimum_calls(self, calls: u64) -> Self {
        Self { minimum_calls: Some(calls), ..self }
    }

    /// How long it is open when it opens for the first time since it was closed.
    pub fn open_for(mut self, time: Duration) -> Self {
        self.settings.open_for = time;
        self
    }

    /// Each time that the trial fails, it is open this much longer than before.
    pub fn open_factor(mut self, factor: f64) -> Self {
        self.settings.open_factor = factor;
        self
    }

    /// How long it is open at most.
    pub fn open_at_most(self, time: Duration) -> Self {
        Self { open_at_most: Some(time), ..self }
    }

    /// How many calls try the service when the time has passed. They may be under way at once; when all have succeeded, it is
    /// closed, and with the first that has not, it is open again.
    pub fn half_open_calls(mut self, calls: u32) -> Self {
        self.settings.half_open_calls = calls;
        self
    }

    /// The breaker, closed.
    ///
    /// # Errors
    ///
    /// A count or time of zero, a rate that is not above 0 and up to 1, a factor below 1, an empty sequence, a minimum of calls
    /// that the window cannot hold, a longest time open below the first.
    pub fn build(self) -> Result<Breaker<C>, SettingError> {
        let mut settings = self.settings;
        let trips = settings.has_rates() || settings.consecutive_failures.is_some() || self.sequence.is_some();
        if !trips {
            settings.failure_rate = Some(0.5);
        }
        let window = match &mut settings.span {
            Span::Calls(calls) => {
                require(*calls > 0, "count_window", "at least 1")?;
                *calls as u64
            }
            Span::Time(time) => {
                require(!time.is_zero(), "time_window", "longer than zero")?;
                *time = (*time).min(FOR_EVER);
                u64::MAX
            }
        };
        settings.minimum_calls = self.minimum_calls.unwrap_or(window.min(20));
        require(settings.minimum_calls > 0, "minimum_calls", "at least 1")?;
        require(settings.minimum_calls <= window, "minimum_calls", "no more than the window holds")?;
        require(settings.failure_rate.is_none_or(is_rate), "failure_rate", "above 0, and 1 at most")?;
        require(settings.slow.is_none_or(|slow| is_rate(slow.rate)), "slow_calls", "at a rate above 0, and 1 at most")?;
        require(settings.slow.is_none_or(|slow| !slow.after.is_zero()), "slow_calls", "after a time longer than zero")?;
        require(settings.consecutive_failures != Some(0), "consecutive_failures", "at least 1")?;
        let empty = self.sequence.as_ref().is_some_and(Sequence::is_empty);
        require(!empty, "trip_on", "a sequence of at least one class")?;
        require(!settings.open_for.is_zero(), "open_for", "longer than zero")?;
        require(settings.open_factor >= 1.0 && settings.open_factor.is_finite(), "open_factor", "a number from 1 up")?;
        require(settings.half_open_calls > 0, "half_open_calls", "at least 1")?;
        let open_at_most = self.open_at_most.unwrap_or(settings.open_for.max(Duration::from_mins(1)));
        require(open_at_most >= settings.open_for, "open_at_most", "at least `open_for`")?;
        settings.open_at_most = open_at_most.min(FOR_EVER);
        Ok(Breaker::new(self.name, settings, self.sequence))
    }
}

fn is_rate(rate: f64) -> bool {
    rate > 0.0 && rate <= 1.0
}
