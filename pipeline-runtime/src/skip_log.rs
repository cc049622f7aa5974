//! What a stage skips, in a log that it cannot flood.

use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering::*};
use std::time::Duration;

use crate::core::Core;

/// A stage says at most so often that it skips.
const EVERY: Duration = Duration::from_secs(1);

/// What a stage has skipped and not told of yet.
#[derive(Default)]
pub(crate) struct SkipLog {
    untold: AtomicU64,
    /// When the next line may come, in nanoseconds since the run was started.
    next: AtomicU64,
}

impl SkipLog {
    /// An item was skipped at this time since the run was started. Tells how many to tell of, if it is time for a line:
    /// one of the workers finds that it is.
    fn skipped(&self, since_start: Duration) -> Option<u64> {
        self.untold.fetch_add(1, Relaxed);
        let now = nanoseconds(since_start);
        let next = self.next.load(Relaxed);
        let is_time = now >= next
            && self.next.compare_exchange(next, now.saturating_add(nanoseconds(EVERY)), Relaxed, Relaxed).is_ok();
        is_time.then(|| self.untold.swap(0, Relaxed))
    }
}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// An item of the stage was skipped, because of this error.
pub(crate) fn skipped(core: &Core, stage: usize, error: &(dyn Error + 'static)) {
    if let Some(skipped) = core.stage(stage).skip_log.skipped(core.started().elapsed()) {
        let (pipeline, stage) = (core.name(), core.stage_name(stage));
        tracing::warn!(target: "pipeline_runtime", pipeline, stage, skipped, error, "skipped what failed");
    }
}
