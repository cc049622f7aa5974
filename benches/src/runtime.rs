//! The runtimes that cases run on.

use std::future::Future;

use pipeline_runtime::Pipeline;
use tokio::runtime::{Builder, Runtime};

/// A runtime of tokio's.
pub(crate) struct Executor {
    pub(crate) name: &'static str,
    runtime: Runtime,
}

impl Executor {
    /// With a worker for each core.
    ///
    /// # Panics
    ///
    /// When threads cannot be started.
    pub(crate) fn multi_thread() -> Self {
        Self::new("multi-thread", Builder::new_multi_thread().enable_all().build())
    }

    /// The same, with stacks of so many bytes.
    ///
    /// # Panics
    ///
    /// When threads cannot be started.
    pub(crate) fn with_stacks(bytes: usize) -> Self {
        Self::new("multi-thread", Builder::new_multi_thread().enable_all().thread_stack_size(bytes).build())
    }

    /// All on the calling thread.
    ///
    /// # Panics
    ///
    /// When the system refuses its parts.
    pub(crate) fn current_thread() -> Self {
        Self::new("current-thread", Builder::new_current_thread().enable_all().build())
    }

    #[expect(clippy::expect_used, reason = "nothing can be measured without it")]
    fn new(name: &'static str, runtime: std::io::Result<Runtime>) -> Self {
        Self { name, runtime: runtime.expect("a runtime") }
    }

    /// The value of `future`, run as a task.
    pub(crate) fn run<F>(&self, future: F) -> F::Output
    where
        F: Future<Output: Send> + Send + 'static,
    {
        self.runtime.block_on(joined(self.runtime.spawn(future)))
    }

    /// The value of a pipeline, run as a task.
    ///
    /// # Panics
    ///
    /// When it fails.
    #[expect(clippy::expect_used, reason = "a figure of a run that failed would be a lie")]
    pub(crate) fn pipeline<T, E>(&self, pipeline: Pipeline<T, E>) -> T
    where
        T: Send + 'static,
        E: Send + Sync + 'static,
    {
        self.run(pipeline.run()).expect("the pipeline runs through")
    }
}

/// The value of a task.
///
/// # Panics
///
/// When the task did.
#[expect(clippy::expect_used, reason = "a figure of a task that panicked would be a lie")]
pub(crate) async fn joined<T>(task: tokio::task::JoinHandle<T>) -> T {
    task.await.expect("the task does not panic")
}
