//! `retry(…)`: how often a body is tried again, and how long after.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};

/// Says something about an error.
type OfError<X, A> = Box<dyn Fn(&X) -> A + Send + Sync>;

/// How a statement's bodies, which fail with `X`, are tried again.
pub struct Retry<X> {
    /// How many attempts there are, the first one included.
    pub(super) attempts: usize,
    backoff: ExponentialBuilder,
    /// Each delay is drawn between nothing and what the back-off says.
    jitter: bool,
    pub(super) max_elapsed: Option<Duration>,
    when: Option<OfError<X, bool>>,
    after: Option<OfError<X, Option<Duration>>>,
    /// Once the task is told to leave, no further attempt begins.
    pub(super) ends_on_cancel: bool,
}

impl<X> Retry<X> {
    /// With the settings that hold where nothing else is said.
    pub fn new(attempts: usize) -> Self {
        let backoff = ExponentialBuilder::new().without_max_times();
        Self { attempts, backoff, jitter: true, max_elapsed: None, when: None, after: None, ends_on_cancel: false }
            .backoff(Duration::from_millis(50), Duration::from_secs(2))
    }

    /// `backoff = first..longest`
    pub fn backoff(self, first: Duration, longest: Duration) -> Self {
        Self { backoff: self.backoff.with_min_delay(first).with_max_delay(longest), ..self }
    }

    /// `factor = f`
    pub fn factor(self, factor: f32) -> Self {
        Self { backoff: self.backoff.with_factor(factor), ..self }
    }

    /// `jitter = none`
    pub fn without_jitter(self) -> Self {
        Self { jitter: false, ..self }
    }

    /// `max_elapsed = d`
    pub fn max_elapsed(self, limit: Duration) -> Self {
        Self { max_elapsed: Some(limit), ..self }
    }

    /// `when = |e| …`
    pub fn when(self, when: impl Fn(&X) -> bool + Send + Sync + 'static) -> Self {
        Self { when: Some(Box::new(when)), ..self }
    }

    /// `after = |e| …`
    pub fn after(self, after: impl Fn(&X) -> Option<Duration> + Send + Sync + 'static) -> Self {
        Self { after: Some(Box::new(after)), ..self }
    }

    /// Under `on_cancel(finish)`
    pub fn ends_on_cancel(self) -> Self {
        Self { ends_on_cancel: true, ..self }
    }

    /// Whether what failed so is tried again.
    pub(super) fn wants(&self, error: &X) -> bool {
        self.when.as_ref().is_none_or(|when| when(error))
    }

    /// The delay that the error itself asks for.
    pub(super) fn asked_for(&self, error: &X) -> Option<Duration> {
        self.after.as_ref().and_then(|after| after(error))
    }

    /// Those of one item.
    pub(super) fn delays(&self) -> Delays {
        Delays { backoff: self.backoff.build(), jitter: self.jitter }
    }
}

/// What is waited before each further attempt.
pub(super) struct Delays {
    backoff: ExponentialBackoff,
    jitter: bool,
}

impl Delays {
    /// The next one: what is `asked_for`, or else what the back-off says. That goes on in either case.
    pub(super) fn next(&mut self, asked_for: Option<Duration>) -> Duration {
        let next = self.backoff.next().unwrap_or_default();
        let drawn = if self.jitter { next.mul_f64(fastrand::f64()) } else { next };
        asked_for.unwrap_or_else(|| in_milliseconds(drawn))
    }
}

/// To the nearest millisecond, in which tokio counts: the back-off is calculated with single precision, and a hair too
/// much would be one more.
fn in_milliseconds(delay: Duration) -> Duration {
    let milliseconds = u64::from((delay.subsec_nanos() + 500_000) / 1_000_000);
    let rounded = Duration::from_secs(delay.as_secs()).saturating_add(Duration::from_millis(milliseconds));
    if rounded.is_zero() { delay } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delays(retry: &Retry<()>, n: usize) -> Vec<u128> {
        let mut delays = retry.delays();
        (0..n).map(|_| delays.next(None).as_millis()).collect()
    }

    #[test]
    fn grows_to_its_end_without_a_rest() {
        let retry = Retry::new(9).without_jitter();
        assert_eq!(delays(&retry, 8), [50, 100, 200, 400, 800, 1600, 2000, 2000]);
        let retry = retry.backoff(Duration::from_secs(1), Duration::from_secs(60)).factor(1.5);
        assert_eq!(delays(&retry, 4), [1000, 1500, 2250, 3375]);
        let exact = retry.delays().next(None);
        assert_eq!(exact, Duration::from_secs(1));
    }

    #[test]
    fn is_drawn_from_the_whole_range() {
        let retry = Retry::new(9).backoff(Duration::from_secs(1), Duration::from_secs(1));
        let drawn = delays(&retry, 400);
        assert!(drawn.iter().all(|delay| *delay <= 1000), "{drawn:?}");
        assert!(drawn.iter().any(|delay| *delay < 200) && drawn.iter().any(|delay| *delay > 800), "{drawn:?}");
    }

    #[test]
    fn longest_of_all() {
        let retry =
            Retry::<()>::new(9).backoff(Duration::from_secs(1), Duration::MAX).factor(f32::MAX).without_jitter();
        assert_eq!(retry.delays().nth(3), Duration::MAX);
    }

    impl Delays {
        fn nth(mut self, n: usize) -> Duration {
            (0..=n).map(|_| self.next(None)).last().unwrap_or_default()
        }
    }
}
