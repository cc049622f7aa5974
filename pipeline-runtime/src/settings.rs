//! What the settings of a pipeline and its stages come to when they are evaluated, and what they may be.

use std::hash::Hash;
use std::time::Duration;

use crate::flow::Flow;
use crate::layout::Fragment;
use crate::policy::RetryBudget;
use crate::policy::breaker::{Breaker, BreakerBuilder, CallClass};
use crate::policy::rate::{KeyedLimiter, Limiter};

/// Items that an edge holds where nothing else is said.
const DEFAULT_BUFFER: usize = 1024;

/// The drain time where nothing else is said.
const DEFAULT_DRAIN: Duration = Duration::from_secs(10);

/// Evaluated settings, what is wrong with them, and the fragments that were put in.
pub struct Settings {
    pub(crate) buffer: usize,
    pub(crate) deadline: Option<Duration>,
    pub(crate) drain: Duration,
    pub(crate) retry_budget: Option<RetryBudget>,
    pub(crate) problem: Option<String>,
    pub(crate) fragments: Vec<Fragment>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            buffer: DEFAULT_BUFFER,
            deadline: None,
            drain: DEFAULT_DRAIN,
            retry_budget: None,
            problem: None,
            fragments: Vec::new(),
        }
    }
}

impl Settings {
    /// Those of a pipeline that sets nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The fragment that stage number `stage` is. Of its own settings its buffer counts; drain time and deadline are
    /// those of the whole.
    pub fn via<I, O, E>(&mut self, stage: usize, flow: &Flow<I, O, E>) {
        if let Some(problem) = flow.problem() {
            self.refuse(problem.to_owned());
        }
        self.fragments.push(flow.fragment(stage));
    }

    fn refuse(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }

    /// A count; where it cannot be one, the run is refused.
    pub fn count<N: Count>(&mut self, what: &str, value: N) -> usize {
        value.count().unwrap_or_else(|| {
            self.refuse(format!("{what} is no count"));
            1
        })
    }

    /// A count that may not be zero.
    pub fn positive<N: Count>(&mut self, what: &str, value: N) -> usize {
        let count = self.count(what, value);
        if count == 0 {
            self.refuse(format!("{what} is 0"));
        }
        count.max(1)
    }

    /// A time that may not be zero.
    pub fn duration(&mut self, what: &str, value: Duration) -> Duration {
        if value.is_zero() {
            self.refuse(format!("{what} is zero"));
        }
        value
    }

    /// What a delay is multiplied with: 1 or more.
    pub fn factor<F: Factor>(&mut self, what: &str, value: F) -> f32 {
        let factor = value.factor();
        if !(1.0..f64::INFINITY).contains(&factor) {
            self.refuse(format!("{what} is less than 1, or no number"));
        }
        factor as f32
    }

    /// The ends of a range of times.
    pub fn rises(&mut self, what: &str, first: Duration, longest: Duration) {
        if longest < first {
            self.refuse(format!("{what} ends before it begins: `{first:?}..{longest:?}`"));
        }
    }

    /// A share: 0 or more.
    pub fn ratio<R: Ratio>(&mut self, what: &str, value: R) -> f64 {
        let ratio = value.ratio();
        if !(0.0..f64::INFINITY).contains(&ratio) {
            self.refuse(format!("{what} is less than 0, or no number"));
        }
        ratio
    }

    /// `#![retry_budget(ratio = r, floor = n, per = d)]`
    pub fn retry_budget(&mut self, ratio: f64, floor: usize, per: Duration) {
        self.retry_budget = Some(RetryBudget { ratio, floor, per });
    }

    /// A share of calls: above 0, and 1 at most.
    pub fn share<F: Factor>(&mut self, what: &str, value: F) -> f64 {
        let share = value.factor();
        if share > 0.0 && share <= 1.0 {
            return share;
        }
        self.refuse(format!("{what} is no share above 0 and up to 1"));
        1.0
    }

    /// What a time is multiplied with: 1 or more.
    pub fn times<F: Factor>(&mut self, what: &str, value: F) -> f64 {
        f64::from(self.factor(what, value)).max(1.0)
    }

    /// What `rate(n, per = d, burst = n)` of a stage is.
    pub fn limiter(&mut self, what: &str, n: usize, per: Duration, burst: usize) -> Limiter {
        let limiter = Limiter::with_burst(fits(n), per, fits(burst));
        limiter.unwrap_or_else(|error| {
            self.refuse(format!("{what}: {error}"));
            Limiter::free()
        })
    }

    /// As [`limiter`](Self::limiter), for each key.
    pub fn keyed_limiter<K: Clone + Eq + Hash>(
        &mut self,
        what: &str,
        n: usize,
        per: Duration,
        burst: usize,
    ) -> KeyedLimiter<K> {
        let limiter = KeyedLimiter::with_burst(fits(n), per, fits(burst));
        limiter.unwrap_or_else(|error| {
            self.refuse(format!("{what}: {error}"));
            KeyedLimiter::free()
        })
    }

    /// The breaker of a stage.
    pub fn breaker<C: CallClass>(&mut self, what: &str, builder: BreakerBuilder<C>) -> Breaker<C> {
        builder.build().unwrap_or_else(|error| {
            self.refuse(format!("{what}: {error}"));
            Breaker::idle()
        })
    }

    /// A window that is not smaller than the step from one to the next.
    pub fn covers<T: PartialOrd>(&mut self, what: &str, last: T, every: &str, step: T) {
        if last < step {
            self.refuse(format!("{what} is less than `{every}`"));
        }
    }

    /// `#![buffer(n)]`
    pub fn buffer(&mut self, capacity: usize) {
        self.buffer = capacity;
    }

    /// `#![deadline(d)]`
    pub fn deadline(&mut self, deadline: Duration) {
        self.deadline = Some(deadline);
    }

    /// `#![drain(d)]`
    pub fn drain(&mut self, drain: Duration) {
        self.drain = drain;
    }
}

/// The number in another type, in which it may find its end.
pub fn fits<N: Bounded>(n: usize) -> N {
    N::try_from(n).unwrap_or(N::MAX)
}

/// A number with an end.
pub trait Bounded: TryFrom<usize> {
    /// The end.
    const MAX: Self;
}

impl Bounded for u32 {
    const MAX: Self = Self::MAX;
}

impl Bounded for u64 {
    const MAX: Self = Self::MAX;
}

impl Bounded for usize {
    const MAX: Self = Self::MAX;
}

/// What a setting that counts may be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no count",
    label = "expected a number",
    note = "a count is of an integer type, as in `workers(4)` or `batch(size)`; text must be parsed, an `Option` or `Result` taken apart"
)]
pub trait Count {
    /// The number, if it is one that can be counted to.
    fn count(self) -> Option<usize>;
}

macro_rules! counts {
    ($($integer:ty),+) => { $(
        impl Count for $integer {
            fn count(self) -> Option<usize> {
                self.try_into().ok()
            }
        }
    )+ };
}

counts!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);

/// What a setting that multiplies may be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no factor",
    label = "expected a number",
    note = "a factor is a number of 1 or more, as in `factor = 1.5`"
)]
pub trait Factor {
    /// The number.
    fn factor(self) -> f64;
}

/// What a setting that is a share of something may be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no ratio",
    label = "expected a number",
    note = "a ratio is a number of 0 or more, as in `ratio = 0.1`"
)]
pub trait Ratio {
    /// The number.
    fn ratio(self) -> f64;
}

macro_rules! factors {
    ($($number:ty),+) => { $(
        impl Factor for $number {
            fn factor(self) -> f64 {
                self.into()
            }
        }

        impl Ratio for $number {
            fn ratio(self) -> f64 {
                self.into()
            }
        }
    )+ };
}

factors!(u8, u16, u32, i8, i16, i32, f32, f64);

impl Count for std::num::NonZero<usize> {
    fn count(self) -> Option<usize> {
        Some(self.get())
    }
}
