//! Runs on a stopped clock: it goes on when all tasks wait, and so a time limit is over only if nothing can happen any
//! more.

use std::time::Duration;

use pipeline_runtime::{BoxError, Failure, Pipeline};
use tokio::runtime::Builder;

const LIMIT: Duration = Duration::from_secs(3600);

/// Runs it to its end; `None` if all its tasks wait for one another.
pub fn end<O: Send + 'static>(pipeline: Pipeline<O>) -> Option<Result<O, Failure<BoxError>>> {
    let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let outcome = tokio::time::timeout(LIMIT, pipeline.spawn().wait()).await.ok()?;
        assert_eq!(outcome.report.imbalance(), None, "{}", outcome.report.name);
        Some(outcome.result)
    })
}

#[track_caller]
pub fn stops<O: Send + 'static>(pipeline: Pipeline<O>) {
    let name = pipeline.name().to_owned();
    assert!(end(pipeline).is_none(), "{name} has come to its end");
}

#[track_caller]
pub fn runs<O: Send + 'static>(pipeline: Pipeline<O>) -> O {
    let name = pipeline.name().to_owned();
    let Some(result) = end(pipeline) else { panic!("all tasks of {name} wait for one another") };
    result.unwrap()
}
