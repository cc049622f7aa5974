//! `timeout(d, total = d)`: how long a body may take.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::Ordering::Relaxed;
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

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

impl<E, R, B: Breaks> Attempts<'_, Failed<E>, R, B> {
    /// An attempt: the body, for no longer than it may take.
    pub async fn within<T>(&mut self, body: impl Future<Output = Result<T, E>>) -> Result<T, Failed<E>> {
        let mut body = pin!(body);
        // Most bodies in which nothing is slow are ready at once: no timer for those.
        let first = poll_fn(|cx| Poll::Ready(body.as_mut().poll(cx))).await;
        let result = match first {
            Poll::Ready(result) => result,
            Poll::Pending => match self.end() {
                None => body.await,
                // apart, for the future is moved while nothing has been waited for
                Some((end, total)) => match Box::pin(timeout_at(end, body)).await {
                    Ok(result) => result,
                    Err(_elapsed) => return Err(self.timed_out(total)),
                },
            },
        };
        result.map_err(Failed::Error)
    }

    fn timed_out(&mut self, total: bool) -> Failed<E> {
        self.spent |= total;
        let policies = self.policies;
        policies.meter().timeouts.fetch_add(1, Relaxed);
        let limit = if total { policies.total } else { policies.timeout };
        let stage = policies.core.stage_name(policies.stage);
        Failed::Timeout(Timeout { stage, limit: limit.unwrap_or_default(), total })
    }

    /// When the attempt that begins now has to end, and whether that is the end of all.
    fn end(&mut self) -> Option<(Instant, bool)> {
        let own = self.policies.timeout.and_then(|limit| self.now().checked_add(limit));
        let all = self.policies.total.and_then(|limit| self.began?.checked_add(limit));
        [own.map(|end| (end, false)), all.map(|end| (end, true))].into_iter().flatten().min_by_key(|(end, _)| *end)
    }
}
