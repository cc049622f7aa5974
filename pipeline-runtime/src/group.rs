//! Several pipelines under one error group, or independent of one another.

mod independent;

use std::fmt;
use std::sync::{Arc, OnceLock};

use futures_util::future::join_all;
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::pipeline::Pipeline;
use crate::running::{Outcome, Running};

pub use independent::{Independent, Summary};

/// Several pipelines that belong together: the first failure cancels the others. The idea is that of Go's `errgroup`.
///
/// Pipelines that have nothing to do with one another, such as one per connection, are [`Group::independent`].
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// use pipeline_runtime::{Group, pipeline};
///
/// let mut group = Group::new();
/// for limit in [10u64, 20] {
///     group.spawn(pipeline! {
///         source numbers = 0..limit;
///         sink   n = numbers.count();
///     });
/// }
/// assert_eq!(group.wait().await.unwrap(), [10, 20]);
/// # });
/// ```
#[must_use = "dropping it cancels its pipelines; `wait()` waits for them"]
pub struct Group<O, E = crate::BoxError> {
    members: Vec<Running<O, E>>,
    /// Cancelled by the first failure.
    failed: CancellationToken,
    /// The member that failed first.
    first: Arc<OnceLock<usize>>,
}

impl<O, E> Default for Group<O, E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<O, E> Group<O, E> {
    /// A group without members.
    pub fn new() -> Self {
        Self { members: Vec::new(), failed: CancellationToken::new(), first: Arc::default() }
    }

    /// Stops all members gracefully: see [`Running::shutdown`].
    pub fn shutdown(&self) {
        self.members.iter().for_each(Running::shutdown);
    }

    /// Stops all members now.
    pub fn cancel(&self) {
        self.members.iter().for_each(Running::cancel);
    }
}

impl<O: Send + 'static, E: Send + Sync + 'static> Group<O, E> {
    /// Starts a pipeline as a member of the group.
    ///
    /// # Panics
    ///
    /// As [`Pipeline::run`].
    pub fn spawn(&mut self, pipeline: Pipeline<O, E>) {
        let (failed, first, member) = (self.failed.clone(), self.first.clone(), self.members.len());
        let pipeline = pipeline.cancel_on(failed.clone()).on_failure(move || {
            first.get_or_init(|| member);
            failed.cancel();
        });
        self.members.push(pipeline.spawn());
    }

    /// Waits until all members have ended, and gives their values in the order of their start.
    ///
    /// # Errors
    ///
    /// The first failure. The other members have been cancelled and have ended.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future cancels all members.
    pub async fn wait(self) -> Result<Vec<O>, Failure<E>> {
        let ends = join_all(self.members.into_iter().map(Running::wait)).await;
        let first = self.first.get().copied();
        let mut values = Vec::with_capacity(ends.len());
        let mut failure = None;
        for (member, Outcome { result, .. }) in ends.into_iter().enumerate() {
            match result {
                Ok(value) => values.push(value),
                Err(failed) if failure.is_none() || first == Some(member) => failure = Some(failed),
                Err(_) => {}
            }
        }
        failure.map_or(Ok(values), Err)
    }
}

impl<O, E> fmt::Debug for Group<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group").field("members", &self.members).finish()
    }
}
