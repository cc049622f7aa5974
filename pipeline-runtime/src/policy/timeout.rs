//! `timeout(d, total = d)`: how long a body may take.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::atomic::Ordering::Relaxed;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::task::coop::{Unconstrained, unconstrained};
use tokio::time::{Sleep, sleep_until};

use super::breaker::BreakerOpen;
use super::{Attempts, Breaks};

/// What an item fails with in a statement that has a `timeout`, or a `breaker` that does not pause: what
/// [`Rejected::error`](crate::Rejected::error) is of there, and what the closures of `retry` are shown.
///
/// A run that ends because of it has the same as its [`Cause`](crate::Cause): `Cause::Error`, `Cause::Timeout` or
/// `Cause::Open`.
///
/// ```
/// use std::time::Duration;
///
/// use pipeline_runtime::{BoxError, Failed, pipeline};
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(async {
/// let slow = pipeline! {
///     source seconds = [1, 3, 0];
///
///     #[timeout(2s)]
///     stage waited = seconds.map(async |ref s| {
///         tokio::time::sleep(Duration::from_secs(*s)).await;
///         100_u64.checked_div(*s).ok_or("no second at all")?
///     }) else late;
///
///     sink good = waited.count();
///     sink bad  = late.map(|late| match late.error() {
///         Failed::Timeout(timeout) => format!("{timeout}"),
///         other => format!("{other}"),
///     }).collect::<Vec<_>>();
/// };
/// let (good, bad) = slow.run().await?;
/// assert_eq!((good, bad), (1, vec!["a body took longer than 2s".to_owned(), "no second at all".to_owned()]));
/// # Ok::<(), BoxError>(())
/// # }).unwrap();
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failed<E = crate::BoxError> {
    /// The body's own error.
    Error(E),
    /// The body took too long, and was dropped.
    Timeout(Timeout),
    /// The body was not begun: the stage's breaker is open, and says `open = fail` or `open = reject`.
    Open(BreakerOpen),
}

impl<E> Failed<E> {
    /// The body's own error, if it is one.
    pub fn error(&self) -> Option<&E> {
        match self {
            Self::Error(error) => Some(error),
            Self::Timeout(_) | Self::Open(_) => None,
        }
    }

    /// The limit that was passed, if it is that.
    pub fn timeout(&self) -> Option<&Timeout> {
        match self {
            Self::Error(_) | Self::Open(_) => None,
            Self::Timeout(timeout) => Some(timeout),
        }
    }

    /// The breaker that was open, if it is that.
    pub fn open(&self) -> Option<&BreakerOpen> {
        match self {
            Self::Error(_) | Self::Timeout(_) => None,
            Self::Open(open) => Some(open),
        }
    }
}

impl<E: fmt::Display> fmt::Display for Failed<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(error) => error.fmt(f),
            Self::Timeout(timeout) => timeout.fmt(f),
            Self::Open(open) => open.fmt(f),
        }
    }
}

impl<E: Error> Error for Failed<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Error(error) => error.source(),
            Self::Timeout(_) | Self::Open(_) => None,
        }
    }
}

/// A `timeout` that has passed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeout {
    /// The stage whose `timeout` it is.
    pub stage: &'static str,
    /// How long it might have taken.
    pub limit: Duration,
    /// The limit is that of all attempts together, `total = d`, and not of one.
    pub total: bool,
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.total { "the attempts of an item" } else { "a body" };
        write!(f, "{what} took longer than {:?}", self.limit)
    }
}

impl Error for Timeout {}

impl<X, R, B: Breaks> Attempts<'_, X, R, B> {
    /// An attempt: the body, for no longer than it may take. Whoever has pinned it drops it.
    #[inline]
    pub fn within<'a, F>(&'a mut self, body: Pin<&'a mut F>) -> Within<'a, Self, F> {
        Within { attempts: self, body, end: None }
    }
}

/// An attempt under a `timeout`.
pub struct Within<'a, A, F> {
    attempts: &'a mut A,
    body: Pin<&'a mut F>,
    /// Known once the body has to be waited for. Most need not: no timer for those.
    end: Option<End>,
}

/// The end of an attempt, if it has one, and whether that is the end of all. The timer wakes although the body has used up all
/// that a task may do at a time.
type End = Option<(Pin<Box<Unconstrained<Sleep>>>, bool)>;

/// What has an end, whatever it fails with.
pub trait Ends {
    /// When the attempt that begins now has to end.
    fn end(&mut self) -> End;

    /// It has not ended by then.
    fn timed_out(&mut self, total: bool) -> Timeout;
}

impl<T, E, A: Ends, F: Future<Output = Result<T, E>>> Future for Within<'_, A, F> {
    type Output = Result<T, Failed<E>>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.body.as_mut().poll(cx) {
            Poll::Ready(Ok(value)) => Poll::Ready(Ok(value)),
            Poll::Ready(Err(error)) => Poll::Ready(Err(Failed::Error(error))),
            Poll::Pending => self.poll_end(cx).map(|timeout| Err(Failed::Timeout(timeout))),
        }
    }
}

impl<A: Ends, F> Within<'_, A, F> {
    #[cold]
    #[inline(never)]
    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<Timeout> {
        let Self { attempts, end, .. } = self;
        match end.get_or_insert_with(|| attempts.end()) {
            Some((timer, total)) => timer.as_mut().poll(cx).map(|()| attempts.timed_out(*total)),
            None => Poll::Pending,
        }
    }
}

impl<X, R, B: Breaks> Ends for Attempts<'_, X, R, B> {
    fn end(&mut self) -> End {
        let own = self.policies.timeout.and_then(|limit| self.now().checked_add(limit));
        let all = self.policies.total.and_then(|limit| self.began?.checked_add(limit));
        let ends = [own.map(|end| (end, false)), all.map(|end| (end, true))];
        let first = ends.into_iter().flatten().min_by_key(|(end, _)| *end);
        first.map(|(end, total)| (Box::pin(unconstrained(sleep_until(end))), total))
    }

    fn timed_out(&mut self, total: bool) -> Timeout {
        self.spent |= total;
        let policies = self.policies;
        policies.meter().timeouts.fetch_add(1, Relaxed);
        let limit = if total { policies.total } else { policies.timeout };
        let stage = policies.core.stage_name(policies.stage);
        Timeout { stage, limit: limit.unwrap_or_default(), total }
    }
}
