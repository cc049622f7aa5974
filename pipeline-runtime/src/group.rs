//! Several pipelines under one error group.

use std::fmt;
use std::sync::Arc;

use futures_util::stream::{FuturesUnordered, StreamExt};

use crate::core::Run;
use crate::failure::Failure;
use crate::pipeline::Pipeline;
use crate::running::{Outcome, Running};

/// Several pipelines that belong together: the first failure cancels the others. The idea is that of Go's `errgroup`.
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
}

impl<O, E> Default for Group<O, E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<O, E> Group<O, E> {
    /// A group without members.
    pub fn new() -> Self {
        Self { members: Vec::new() }
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
        let runs: Vec<Arc<Run<E>>> = self.members.iter().map(|member| member.run().clone()).collect();
        let waits = self.members.into_iter().enumerate();
        let mut ends: FuturesUnordered<_> = waits.map(|(n, member)| async move { (n, member.wait().await) }).collect();
        let mut values: Vec<Option<O>> = runs.iter().map(|_| None).collect();
        let mut first = None;
        while let Some((n, Outcome { result, .. })) = ends.next().await {
            match result {
                Ok(value) => values[n] = Some(value),
                Err(failure) => {
                    if first.is_none() {
                        runs.iter().for_each(|run| run.cancel());
                        first = Some(failure);
                    }
                }
            }
        }
        match first {
            Some(failure) => Err(failure),
            None => Ok(values.into_iter().flatten().collect()),
        }
    }
}

impl<O, E> fmt::Debug for Group<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group").field("members", &self.members).finish()
    }
}
